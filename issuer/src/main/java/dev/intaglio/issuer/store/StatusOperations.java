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
    ///
    /// @param atMost 1 or more
    Page<StatusOperation> latest(Optional<Position> after, int atMost);

    /// The very latest.
    default List<StatusOperation> latest(int atMost) {
        return latest(Optional.empty(), atMost).items();
    }

    /// A credential as the operator finds it again.
    ///
    /// @param number which of the response, from 0
    record Issued(IssuanceRecord issuance, int number, CredentialState state) {
        /// By which it can be selected.
        public String id() {
            return issuance.id() + "." + number;
        }
    }

    /// Credentials that are selected, those of the latest issuance first. A page holds whole issuances: one at least is looked at,
    /// and no more than fit. It may be empty and yet have a next one, where an issuance is selected for few of its credentials.
    ///
    /// @param atMost 1 or more
    Page<Issued> issued(StatusSelector selector, Optional<Position> after, int atMost);

    /// The very latest.
    default List<Issued> issued(StatusSelector selector, int atMost) {
        return issued(selector, Optional.empty(), atMost).items().stream()
                .limit(atMost)
                .toList();
    }
}
