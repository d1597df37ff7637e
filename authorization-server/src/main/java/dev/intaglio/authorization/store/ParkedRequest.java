package dev.intaglio.authorization.store;

import dev.intaglio.protocol.oauth.AuthorizationRequest;

/// A validated authorization request that waits for its user.
///
/// @param clientAuthenticated whether its client showed who it is when it pushed the request: then it must do so again when it
///     redeems the code
public record ParkedRequest(AuthorizationRequest request, boolean clientAuthenticated) {}
