package dev.intaglio.issuer.proof;

import dev.intaglio.credential.HolderKey;
import dev.intaglio.issuer.store.UsedNonce;
import dev.intaglio.protocol.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// The keys that verified proofs showed, in the order of the proofs, and the nonces they used up.
///
/// @param nonces each once, though all proofs of a request may carry the same
/// @param vouched what attesters we trust say of the keys
public record HolderKeys(List<HolderKey> keys, List<UsedNonce> nonces, Vouched vouched) {
    public HolderKeys {
        keys = List.copyOf(keys);
        nonces = List.copyOf(nonces);
    }

    /// Keys nobody vouches for.
    public HolderKeys(List<HolderKey> keys, List<UsedNonce> nonces) {
        this(keys, nonces, Vouched.NOT);
    }

    /// Key attestations we believe (App. D), in short.
    ///
    /// @param keys thumbprints of all the keys they attest, also of such as are not used
    /// @param attester who made them, if they say so
    /// @param statuses their `status`
    public record Vouched(List<String> keys, Optional<String> attester, List<JsonObject> statuses) {
        static final Vouched NOT = new Vouched(List.of(), Optional.empty(), List.of());

        public Vouched {
            keys = List.copyOf(keys);
            statuses = List.copyOf(statuses);
        }
    }
}
