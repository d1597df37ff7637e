package dev.intaglio.issuer.proof;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.issuer.store.UsedNonce;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.ProofType;
import dev.intaglio.protocol.nonce.KeyedNonces;
import dev.intaglio.protocol.nonce.KeyedNonces.Check;
import dev.intaglio.protocol.oauth.AccessToken;
import dev.intaglio.protocol.proof.DidKeys;
import dev.intaglio.protocol.proof.JwtKeyProof;
import dev.intaglio.protocol.proof.JwtKeyProof.KeyReference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Verifies the key proofs of a Credential Request (App. F.4): the keys they show are those credentials are bound to.
/// Whatever is wrong with `proofs` is `invalid_proof`, except a nonce that is not, or no longer, ours: `invalid_nonce`.
public final class KeyProofs {
    private final URI credentialIssuer;
    private final KeyedNonces nonces;
    private final ProofPolicy policy;
    private final int batchSize;
    private final Clock clock;

    /// @param batchSize how many proofs a request may hold
    public KeyProofs(URI credentialIssuer, KeyedNonces nonces, ProofPolicy policy, int batchSize, Clock clock) {
        this.credentialIssuer = credentialIssuer;
        this.nonces = nonces;
        this.policy = policy;
        this.batchSize = batchSize;
        this.clock = clock;
    }

    /// @throws dev.intaglio.protocol.oauth.Refusal `invalid_proof` or `invalid_nonce`
    public HolderKeys verify(Optional<Proofs> proofs, CredentialConfiguration configuration, AccessToken token) {
        if (!configuration.bound()) {
            return new HolderKeys(List.of(), List.of()); // §12.2.4: none is asked for
        }
        var given = proofs.orElseThrow(
                () -> CredentialErrors.invalidProof("proofs is missing: this credential is bound to a key"));
        var type = Optional.ofNullable(configuration.proofTypes().get(given.type()))
                .orElseThrow(
                        () -> CredentialErrors.invalidProof("the type of the proofs is not in proof_types_supported"));
        if (given.size() > batchSize) {
            throw CredentialErrors.invalidProof(
                    "proofs holds " + given.size() + " proofs; this issuer takes at most " + batchSize);
        }
        return switch (given) {
            case Proofs.Jwt(var compact) -> verifyAll(compact, type, configuration, token);
            case Proofs.Attestation ignored -> throw unsupported();
            case Proofs.DataIntegrity ignored -> throw unsupported();
            case Proofs.Other ignored -> throw unsupported();
        };
    }

    private static RuntimeException unsupported() {
        return CredentialErrors.invalidProof("the type of the proofs is not in proof_types_supported");
    }

    private HolderKeys verifyAll(
            List<String> compact, ProofType type, CredentialConfiguration configuration, AccessToken token) {
        var keys = new ArrayList<HolderKey>(compact.size());
        var used = new LinkedHashMap<String, UsedNonce>();
        for (var proof : compact) {
            try {
                var read = JwtKeyProof.read(proof);
                keys.add(verify(read, type, configuration, token));
                var nonce = requireNonce(read);
                used.put(nonce.hash(), nonce);
            } catch (JsonException broken) {
                throw CredentialErrors.invalidProof(String.valueOf(broken.getMessage()));
            }
        }
        requireDistinct(keys);
        return new HolderKeys(keys, List.copyOf(used.values()));
    }

    private HolderKey verify(
            JwtKeyProof proof, ProofType type, CredentialConfiguration configuration, AccessToken token) {
        if (!type.signingAlgorithms().contains(proof.jwt().algorithm().getName())) {
            throw new JsonException("the proof's alg is not in proof_signing_alg_values_supported");
        }
        var key = key(proof.keyReference(), configuration);
        if (!proof.jwt().verifies(key.jwk())) {
            throw new JsonException("the proof's signature does not verify by the key it names");
        }
        if (!proof.audience().equals(credentialIssuer.toString())) {
            throw new JsonException("the proof's aud is not the Credential Issuer Identifier");
        }
        requireIssuer(proof.issuer(), token.clientId());
        var now = clock.instant();
        if (proof.issuedAt().isAfter(now.plus(policy.maxSkew()))) {
            throw new JsonException("the proof's iat is in the future");
        }
        if (proof.issuedAt().isBefore(now.minus(policy.maxAge()))) {
            throw new JsonException(
                    "the proof's iat is more than " + policy.maxAge().toMinutes() + " minutes ago");
        }
        return key;
    }

    /// `iss` is the client identifier, and left out by a client that has none (App. F.1).
    private static void requireIssuer(Optional<String> issuer, Optional<String> clientId) {
        if (issuer.isPresent() && clientId.isEmpty()) {
            throw new JsonException("the proof has an iss though the access token was obtained without client_id");
        }
        if (issuer.isPresent() && !issuer.equals(clientId)) {
            throw new JsonException("the proof's iss is not the client_id of the access token");
        }
    }

    private static HolderKey key(KeyReference reference, CredentialConfiguration configuration) {
        return switch (reference) {
            case KeyReference.Jwk(var jwk) -> {
                requireMethod(configuration, "jwk");
                yield new HolderKey(jwk.toPublicJWK(), Optional.empty());
            }
            case KeyReference.Kid(var kid) -> {
                var method = kid.split(":", 3);
                if (method.length < 3 || !method[0].equals("did")) {
                    throw new JsonException("the proof's kid is not a DID URL");
                }
                requireMethod(configuration, "did:" + method[1]);
                yield new HolderKey(DidKeys.resolve(kid), Optional.of(kid));
            }
            case KeyReference.X5c(var chain) -> {
                requireMethod(configuration, "jwk");
                yield new HolderKey(leafKey(chain), Optional.empty());
            }
        };
    }

    private static JWK leafKey(List<String> chain) {
        try {
            return X5c.publicJwk(X5c.parse(chain).getFirst());
        } catch (IllegalArgumentException unreadable) {
            throw new JsonException("the proof's x5c holds no certificate with a key we use", unreadable);
        }
    }

    private static void requireMethod(CredentialConfiguration configuration, String method) {
        if (!configuration.bindingMethods().contains(method)) {
            throw new JsonException(
                    "the proof names its key by a method that cryptographic_binding_methods_supported does not list");
        }
    }

    private UsedNonce requireNonce(JwtKeyProof proof) {
        var nonce = proof.nonce()
                .orElseThrow(() -> new JsonException("the proof has no nonce: get a c_nonce from the nonce endpoint"));
        return switch (nonces.check(nonce)) {
            case Check.Good(var expiresAt) ->
                new UsedNonce(SignedJwt.sha256(nonce.getBytes(StandardCharsets.US_ASCII)), expiresAt);
            case Check.Expired ignored -> throw CredentialErrors.invalidNonce("the proof's nonce has expired");
            case Check.Foreign() ->
                throw CredentialErrors.invalidNonce("the proof's nonce was not made by this issuer");
        };
    }

    /// One key, one credential: copies bound to the same key would be linkable (§8.3).
    private static void requireDistinct(List<HolderKey> keys) {
        var seen = new HashSet<String>();
        for (var key : keys) {
            if (!seen.add(DpopProof.thumbprint(key.jwk()))) {
                throw CredentialErrors.invalidProof("two proofs of this request are by the same key");
            }
        }
    }
}
