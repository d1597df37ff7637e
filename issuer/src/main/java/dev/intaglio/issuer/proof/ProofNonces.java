package dev.intaglio.issuer.proof;

import dev.intaglio.issuer.store.UsedNonce;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.explanation.Explanation;
import dev.intaglio.protocol.explanation.Shown;
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
        var value = nonce.orElseThrow(() -> new JsonException(
                what + " has no nonce: get a c_nonce from the nonce endpoint",
                Explanation.of("OpenID4VCI 1.0, 7 and App. F.1")
                        .expected("the c_nonce of a POST to nonce_endpoint as claim nonce")
                        .came("no nonce")));
        switch (nonces.check(value)) {
            case Check.Good(var expiresAt) -> {
                var hash = SignedJwt.sha256(value.getBytes(StandardCharsets.US_ASCII));
                used.put(hash, new UsedNonce(hash, expiresAt));
            }
            case Check.Expired(var expiredAt) ->
                throw CredentialErrors.invalidNonce(what + "'s nonce has expired")
                        .expected("a c_nonce that is still good")
                        .came("one of this issuer that was good until " + expiredAt);
            case Check.Foreign() ->
                throw CredentialErrors.invalidNonce(what + "'s nonce was not made by this issuer")
                        .expected("a c_nonce of the nonce_endpoint of this issuer, as it came")
                        .came("another value " + Shown.length(value));
        }
    }

    List<UsedNonce> used() {
        return List.copyOf(used.values());
    }
}
