package dev.intaglio.issuer.deferred;

import dev.intaglio.issuer.store.DeferredTransaction;
import dev.intaglio.issuer.store.DeferredTransaction.Decision;
import dev.intaglio.issuer.store.DeferredTransactions;
import dev.intaglio.issuer.store.Page;
import dev.intaglio.issuer.store.Position;
import dev.intaglio.protocol.trail.Trail;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Credential Requests that wait for somebody at the issuer, who approves or denies them. A decision stands; the wallet learns
/// of it when it asks again.
public final class Approvals {
    private final DeferredTransactions transactions;
    private final Clock clock;

    public Approvals(DeferredTransactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// The oldest first.
    public List<DeferredTransaction> open(int atMost) {
        return transactions.awaitingApproval(atMost, clock.instant());
    }

    /// Some of them, from a place on.
    public Page<DeferredTransaction> open(Optional<Position> after, int atMost) {
        return transactions.awaitingApproval(after, atMost, clock.instant());
    }

    /// @param handle of the transaction
    /// @return false if it is not open (any more)
    public boolean approve(String handle) {
        return decide(handle, Decision.APPROVED, "somebody at the issuer approves");
    }

    /// @param handle of the transaction
    /// @return false if it is not open (any more)
    public boolean deny(String handle) {
        return decide(handle, Decision.DENIED, "somebody at the issuer denies");
    }

    private boolean decide(String handle, Decision decision, String what) {
        var decided = transactions.decide(handle, decision, clock.instant());
        if (decided) {
            Trail.about(handle);
            Trail.did(what, List.of());
        }
        return decided;
    }
}
