package dev.intaglio.issuer.spi;

import dev.intaglio.credential.CredentialDataset;
import java.time.Duration;

/// Supplies the Credential Dataset: the claims about one subject for one Credential Configuration (§3.3).
/// Called once per Credential Request, after key proofs are verified, and once each time a wallet comes back for what was not
/// ready; may block; may throw, which becomes a `server_error`.
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

        /// The claims will be there later: issuance is deferred (§9), and the wallet told to ask again.
        ///
        /// @param interval how long the wallet should wait at least; more than nothing, rounded up to seconds on the wire
        record Pending(Duration interval) implements Lookup {
            public Pending {
                if (!interval.isPositive()) {
                    throw new IllegalArgumentException("a wallet is told to wait for more than nothing");
                }
            }
        }

        /// There will be no credential.
        ///
        /// @param reason for the operator; the wallet is not told
        record Denied(String reason) implements Lookup {}

        static Lookup ready(CredentialDataset dataset) {
            return new Ready(dataset);
        }

        static Lookup pending(Duration interval) {
            return new Pending(interval);
        }

        static Lookup denied(String reason) {
            return new Denied(reason);
        }
    }
}
