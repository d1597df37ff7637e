package dev.intaglio.authorization.store;

/// What the authorization code flow must remember.
public record CodeFlowStores(
        AuthorizationRequests requests,
        AuthorizationCodes codes,
        RefreshTokens refreshTokens,
        Revocations revocations,
        OfferedAuthorizations offers) {}
