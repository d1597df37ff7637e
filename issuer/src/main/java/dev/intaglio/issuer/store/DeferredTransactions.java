package dev.intaglio.issuer.store;

import dev.intaglio.issuer.store.DeferredTransaction.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps Credential Requests that wait (§9) until their credentials are handed out or they expire. Only hashes of handles are
/// in it: nobody can come for credentials with what stands in the store.
public interface DeferredTransactions {
    /// Keeps a transaction and the use of the nonces of its proofs, all or nothing, in one transaction.
    ///
    /// @return false if one of the nonces had been used before: then nothing was kept. Of any number of callers with the same
    ///     nonce, here or at [Issuances#record], one gets `true`.
    default boolean begin(DeferredTransaction transaction, List<UsedNonce> nonces) {
        return begin(transaction, nonces, Optional.empty());
    }

    /// As above, with what the issuance log is told, in the same transaction.
    boolean begin(DeferredTransaction transaction, List<UsedNonce> nonces, Optional<LogEvent> event);

    /// Looking does not use it up.
    Optional<DeferredTransaction> find(String handle, Instant now);

    /// Takes the transaction away and records the issuance it ends in, all or nothing, in one transaction.
    ///
    /// @return false if there was none any more: then nothing was recorded. Of any number of callers, one gets `true`.
    boolean complete(String handle, IssuanceRecord issuance, Instant now);

    /// From now on it waits for the operator. Without effect if there is none.
    void awaitApproval(String handle);

    /// Puts down what the operator decided. A decision stands.
    ///
    /// @return whether there was a transaction, it waited for approval, and nothing was decided yet. Of any number of callers,
    ///     one gets `true`.
    boolean decide(String handle, Decision decision, Instant now);

    /// Those that wait for the operator and are not decided, the oldest first.
    ///
    /// @param atMost 1 or more
    Page<DeferredTransaction> awaitingApproval(Optional<Position> after, int atMost, Instant now);

    /// The very oldest.
    default List<DeferredTransaction> awaitingApproval(int atMost, Instant now) {
        return awaitingApproval(Optional.empty(), atMost, now).items();
    }
}
