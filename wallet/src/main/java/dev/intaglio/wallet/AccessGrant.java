package dev.intaglio.wallet;

import dev.intaglio.protocol.oauth.TokenResponse;

/// An access token with what is needed to use it.
///
/// @param anonymous whether it was obtained without `client_id`; then proofs have no `iss` (App. F.1)
record AccessGrant(TokenResponse response, boolean anonymous) {}
