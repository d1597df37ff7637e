package dev.intaglio.issuer.spi;

import dev.intaglio.protocol.json.JsonObject;

/// Learns whether a key attestation was revoked (App. D.1, `status`). Called once for each trusted attestation that says how;
/// may block.
///
/// ```java
/// KeyAttestationStatus status = claim -> lists.at(claim.object("status_list")) == 0 ? new Valid() : new Revoked("…");
/// ```
@FunctionalInterface
public interface KeyAttestationStatus {
    /// @param status the claim as it stands, such as a reference to a Token Status List
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

        /// It cannot be learnt now, or is said in a way nobody here understands. The attestation is refused, unless [#acceptingUnknown]; what
        /// the request was made with stays good.
        ///
        /// @param reason for the operator
        record Unknown(String reason) implements Standing {}
    }

    /// Takes an attestation for good where its status is unknown: who can keep us from the status list could have revoked
    /// attestations accepted.
    default KeyAttestationStatus acceptingUnknown() {
        return status -> {
            var found = find(status);
            return found instanceof Standing.Unknown ? new Standing.Valid() : found;
        };
    }

    /// Takes every attestation for good until it expires.
    static KeyAttestationStatus unchecked() {
        return status -> new Standing.Valid();
    }
}
