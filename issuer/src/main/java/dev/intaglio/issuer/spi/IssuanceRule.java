package dev.intaglio.issuer.spi;

import java.time.Duration;

/// Judges whether somebody who is entitled to a credential gets it now. Called before the data source, on each Credential
/// Request and each time a wallet comes back; not again once somebody at the issuer has approved.
///
/// ```java
/// IssuanceRule office = entitlement -> opened.get() ? Verdict.allow() : Verdict.wait(Duration.ofHours(1));
/// ```
@FunctionalInterface
public interface IssuanceRule {
    Verdict judge(Entitlement entitlement);

    /// What a rule says.
    sealed interface Verdict {
        /// Now.
        record Allow() implements Verdict {}

        /// Later: the wallet asks again, and the rule is asked again.
        record Wait(Duration interval) implements Verdict {
            public Wait {
                if (!interval.isPositive()) {
                    throw new IllegalArgumentException("a wallet is told to wait for more than nothing");
                }
            }
        }

        /// When somebody at the issuer has approved.
        record AskOperator() implements Verdict {}

        /// Never.
        ///
        /// @param reason for the operator; the wallet is not told
        record Refuse(String reason) implements Verdict {}

        /// Not for this client: 403 `access_denied`, where the standard's `credential_request_denied` would say that nobody gets
        /// the credential.
        ///
        /// @param reason for the operator; the wallet is not told
        record Forbid(String reason) implements Verdict {}

        static Verdict allow() {
            return new Allow();
        }

        static Verdict wait(Duration interval) {
            return new Wait(interval);
        }

        static Verdict askOperator() {
            return new AskOperator();
        }

        static Verdict forbid(String reason) {
            return new Forbid(reason);
        }

        static Verdict refuse(String reason) {
            return new Refuse(reason);
        }
    }

    /// What the definition of the credential says: `approval: manual` asks the operator, anything else is allowed.
    static IssuanceRule byDefinition() {
        return entitlement -> switch (entitlement.definition().policy().approval()) {
            case NONE -> Verdict.allow();
            case MANUAL -> Verdict.askOperator();
        };
    }
}
