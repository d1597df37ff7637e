package dev.intaglio.issuer.proof;

import dev.intaglio.issuer.store.UsedNonce;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.nonce.KeyedNonces;
import dev.intaglio.protocol.nonce.KeyedNonces.Check;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The nonces met in the proofs of one request, each once, though all may carry the same.
final class ProofNonces {
    private final KeyedNonces nonces;
    private final Map<String, UsedNonce> used = new LinkedHashMap<>();

    ProofNonces(KeyedNonces nonces) {
        this.nonces = nonces;
    }

    /// A nonce that is missing is `invalid_proof`, one that is not, or no longer, ours `invalid_nonce` (§8.3.1.2).
    void require(String what, Optional<String> nonce) {
        var value = nonce.orElseThrow(
                () -> new JsonException(what + " has no nonce: get a c_nonce from the nonce endpoint"));
        switch (nonces.check(value)) {
            case Check.Good(var expiresAt) -> {
                var hash = SignedJwt.sha256(value.getBytes(StandardCharsets.US_ASCII));
                used.put(hash, new UsedNonce(hash, expiresAt));
            }
            case Check.Expired ignored -> throw CredentialErrors.invalidNonce(what + "'s nonce has expired");
            case Check.Foreign() -> throw CredentialErrors.invalidNonce(what + "'s nonce was not made by this issuer");
        }
    }

    List<UsedNonce> used() {
        return List.copyOf(used.values());
    }
}
