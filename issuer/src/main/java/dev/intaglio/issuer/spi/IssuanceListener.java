package dev.intaglio.issuer.spi;

/// Follows issuance. Called on the request's thread after the issuance is recorded; should be quick; what it throws is
/// logged and changes nothing.
public interface IssuanceListener {
    /// Credentials were made and are about to be sent.
    ///
    /// @param credentials how many
    default void issued(Entitlement entitlement, int credentials) {}

    static IssuanceListener none() {
        return new IssuanceListener() {};
    }
}
