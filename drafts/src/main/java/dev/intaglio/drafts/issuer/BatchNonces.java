package dev.intaglio.drafts.issuer;

import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.UsedNonce;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets the requests of one batch share a nonce: drafts up to 13 give a wallet one, to be used in all proofs of a Batch
/// Credential Request. It is still used once, by that batch; to whoever comes after, or beside, it is used.
final class BatchNonces implements Issuances {
    private static final ThreadLocal<@Nullable Set<String>> CLAIMED = new ThreadLocal<>();

    private final Issuances store;

    BatchNonces(Issuances store) {
        this.store = store;
    }

    /// Answers the requests of one batch, on this thread.
    static <T> T inOneBatch(Supplier<T> answers) {
        CLAIMED.set(new HashSet<>());
        try {
            return answers.get();
        } finally {
            CLAIMED.remove();
        }
    }

    @Override
    public boolean record(IssuanceRecord issuance, List<UsedNonce> nonces) {
        var claimed = CLAIMED.get();
        if (claimed == null) {
            return store.record(issuance, nonces);
        }
        var fresh =
                nonces.stream().filter(nonce -> !claimed.contains(nonce.hash())).toList();
        if (!store.record(issuance, fresh)) {
            return false;
        }
        fresh.forEach(nonce -> claimed.add(nonce.hash()));
        return true;
    }
}
