package dev.intaglio.authorization.client;

import dev.intaglio.protocol.json.JsonObject;

/// Knows which Client Attestations are revoked (App. E: their `status` is as in Token Status List). Asked for every
/// attestation that has a `status`, once its signature is verified; may block, so it should remember the lists it fetched; may
/// throw, which becomes a `server_error`.
///
/// ```java
/// policy.withStatus(status -> lists.valid(status.object("status_list")))
/// ```
@FunctionalInterface
public interface AttestationStatus {
    /// @param status the claim as it stands in the attestation
    boolean valid(JsonObject status);
}
