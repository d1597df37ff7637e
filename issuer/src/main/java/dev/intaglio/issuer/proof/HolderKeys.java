package dev.intaglio.issuer.proof;

import dev.intaglio.credential.HolderKey;
import dev.intaglio.issuer.store.UsedNonce;
import java.util.List;

/// The keys that verified proofs showed, in the order of the proofs, and the nonces they used up.
///
/// @param nonces each once, though all proofs of a request may carry the same
public record HolderKeys(List<HolderKey> keys, List<UsedNonce> nonces) {
    public HolderKeys {
        keys = List.copyOf(keys);
        nonces = List.copyOf(nonces);
    }
}
