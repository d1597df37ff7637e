package dev.intaglio.issuer.store;

/// What the issuer says of a credential it has issued. Kept in two bits, which are the number of the constant.
public enum CredentialState {
    VALID,
    /// Taken back, for good.
    REVOKED,
    /// Not good for now.
    SUSPENDED,
    /// Over before its time, without blame. Lists say the same as for revoked ones: it does not come back either.
    EXPIRED;

    static CredentialState of(int bits) {
        return values()[bits];
    }
}
