package dev.intaglio.issuer.offer;

/// By which grants an offer can be taken up (§4.1.1).
public enum OfferedGrants {
    PRE_AUTHORIZED_CODE,
    AUTHORIZATION_CODE,
    /// The wallet chooses.
    BOTH;

    boolean preAuthorizedCode() {
        return this != AUTHORIZATION_CODE;
    }

    boolean authorizationCode() {
        return this != PRE_AUTHORIZED_CODE;
    }
}
