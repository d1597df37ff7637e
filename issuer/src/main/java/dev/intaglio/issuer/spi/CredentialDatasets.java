package dev.intaglio.issuer.spi;

import dev.intaglio.credential.CredentialDataset;

/// Supplies the Credential Dataset: the claims about one subject for one Credential Configuration (§3.3).
/// Called once per Credential Request, after key proofs are verified; may block; may throw, which becomes a `server_error`.
///
/// ```java
/// CredentialDatasets registry = entitlement -> people.find(entitlement.subject())
///         .map(person -> Lookup.ready(person.claims()))
///         .orElse(Lookup.denied("no such person"));
/// ```
@FunctionalInterface
public interface CredentialDatasets {
    Lookup find(Entitlement entitlement);

    /// What a data source answers.
    sealed interface Lookup {
        /// The claims are there.
        record Ready(CredentialDataset dataset) implements Lookup {}

        /// There will be no credential.
        ///
        /// @param reason for the operator; the wallet is not told
        record Denied(String reason) implements Lookup {}

        static Lookup ready(CredentialDataset dataset) {
            return new Ready(dataset);
        }

        static Lookup denied(String reason) {
            return new Denied(reason);
        }
    }
}
