package dev.intaglio.authorization.interaction;

import dev.intaglio.protocol.json.JsonObject;
import java.util.Optional;

/// Learns of each authorization that a user gave, before its code goes out. What it throws becomes a `server_error`, and there is
/// no code.
@FunctionalInterface
public interface ApprovalListener {
    /// @param authorizationId what access tokens will name
    /// @param issuerState of the Credential Offer, if there was one (§4.1.1)
    /// @param claims what the sign-in told of the user; may be empty
    void approved(String authorizationId, Optional<String> issuerState, JsonObject claims);

    static ApprovalListener none() {
        return (authorizationId, issuerState, claims) -> {};
    }
}
