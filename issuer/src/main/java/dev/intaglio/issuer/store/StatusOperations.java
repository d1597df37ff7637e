package dev.intaglio.issuer.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Changes the statuses of credentials, and remembers what was done.
public interface StatusOperations {
    /// Does it, and puts it down as applied, all or nothing, in one transaction. Of credentials issued while it runs some may
    /// be missed.
    ///
    /// @return with the numbers
    StatusOperation apply(StatusOperation operation);

    /// What [#apply] would come to. Changes nothing.
    StatusOperation count(StatusOperation operation);

    /// Puts it down to take effect when it is due.
    void stage(StatusOperation operation);

    /// Lets an operation that is staged and due take effect, in one transaction with its being so. Of any number of callers
    /// one does it.
    ///
    /// @return what took effect; empty if nothing is due (any more)
    Optional<StatusOperation> applyDue(Instant now);

    /// Takes back one that has not taken effect. Of this and [#applyDue] one succeeds.
    ///
    /// @return whether that came in time
    boolean undo(String id);

    Optional<StatusOperation> find(String id);

    /// The latest ones first.
    List<StatusOperation> latest(int atMost);

    /// A credential as the operator finds it again.
    ///
    /// @param number which of the response, from 0
    record Issued(IssuanceRecord issuance, int number, CredentialState state) {
        /// By which it can be selected.
        public String id() {
            return issuance.id() + "." + number;
        }
    }

    /// Credentials that are selected, the latest first.
    List<Issued> issued(StatusSelector selector, int atMost);
}
