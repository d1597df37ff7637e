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
    /// @throws RuntimeException if it cannot be learnt now; the request fails, and what it was made with stays good
    Standing find(JsonObject status);

    /// What [#find] found.
    sealed interface Standing {
        /// As good as when it was made.
        record Valid() implements Standing {}

        /// No longer good.
        ///
        /// @param reason for the operator
        record Revoked(String reason) implements Standing {}
    }

    /// Takes every attestation for good until it expires.
    static KeyAttestationStatus unchecked() {
        return status -> new Standing.Valid();
    }
}
