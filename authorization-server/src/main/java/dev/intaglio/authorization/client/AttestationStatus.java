package dev.intaglio.authorization.client;

import dev.intaglio.protocol.json.JsonObject;

/// Knows which Client Attestations are revoked (App. E: their `status` is as in Token Status List). Asked for every
/// attestation that has a `status`, once its signature is verified; may block, so it should remember the lists it fetched.
///
/// ```java
/// policy.withStatus(status -> lists.at(status.object("status_list")) == 0 ? new Valid() : new Revoked("…"))
/// ```
@FunctionalInterface
public interface AttestationStatus {
    /// @param status the claim as it stands in the attestation
    Standing find(JsonObject status);

    /// What [#find] found.
    sealed interface Standing {
        /// As good as when it was made.
        record Valid() implements Standing {}

        /// No longer good.
        ///
        /// @param reason for the operator
        record Revoked(String reason) implements Standing {}

        /// Not good for now, as its provider says.
        ///
        /// @param reason for the operator
        record Suspended(String reason) implements Standing {}

        /// It cannot be learnt now, or is said in a way nobody here understands. The client is refused, unless
        /// [#acceptingUnknown].
        ///
        /// @param reason for the operator
        record Unknown(String reason) implements Standing {}
    }

    /// Takes an attestation for good where its status is unknown: who can keep us from the status list could have revoked
    /// attestations accepted.
    default AttestationStatus acceptingUnknown() {
        return status -> {
            var found = find(status);
            return found instanceof Standing.Unknown ? new Standing.Valid() : found;
        };
    }
}
