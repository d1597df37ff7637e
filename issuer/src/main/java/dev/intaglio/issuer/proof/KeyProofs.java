package dev.intaglio.issuer.proof;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.issuer.proof.KeyAttestations.Attested;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.ProofType;
import dev.intaglio.protocol.nonce.KeyedNonces;
import dev.intaglio.protocol.oauth.AccessToken;
import dev.intaglio.protocol.proof.DidKeys;
import dev.intaglio.protocol.proof.JwtKeyProof;
import dev.intaglio.protocol.proof.JwtKeyProof.KeyReference;
import dev.intaglio.protocol.proof.KeyAttestation;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final KeyAttestations attestations;
    private final int batchSize;
    private final Clock clock;

    /// @param batchSize how many proofs a request may hold, and how many keys come of it
    public KeyProofs(URI credentialIssuer, KeyedNonces nonces, ProofPolicy policy, int batchSize, Clock clock) {
        this.credentialIssuer = credentialIssuer;
        this.nonces = nonces;
        this.policy = policy;
        this.attestations = new KeyAttestations(policy, clock);
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
        try {
            return switch (given) {
                case Proofs.Jwt(var compact) -> verifyAll(compact, type, configuration, token);
                case Proofs.Attestation(var compact) -> attested(compact, type, configuration);
                case Proofs.DataIntegrity ignored -> throw unsupported();
                case Proofs.Other ignored -> throw unsupported();
            };
        } catch (JsonException broken) {
            throw CredentialErrors.invalidProof(String.valueOf(broken.getMessage()));
        }
    }

    private static RuntimeException unsupported() {
        return CredentialErrors.invalidProof("the type of the proofs is not in proof_types_supported");
    }

    /// App. F.1. First the keys that signed, in the order of their proofs, then others that trusted attestations vouch for,
    /// in theirs; as many as a batch holds (§8.3: an issuer may issue fewer credentials than there are keys).
    private HolderKeys verifyAll(
            List<String> compact, ProofType type, CredentialConfiguration configuration, AccessToken token) {
        var signed = new ArrayList<HolderKey>(compact.size());
        var vouchedFor = new ArrayList<JWK>();
        var used = new ProofNonces(nonces);
        var known = new HashMap<String, Attested>(); // proofs of a batch may share one
        for (var proof : compact) {
            var read = JwtKeyProof.read(proof);
            var attested = read.keyAttestation()
                    .map(one -> known.computeIfAbsent(one, compactOne -> attestations.verify(compactOne, type)));
            signed.add(verify(read, attested, type, configuration, token));
            used.require("the proof", read.nonce());
            attested.ifPresent(one -> {
                requireExpiry(one.attestation()); // D.1
                used.require("the key attestation", one.attestation().nonce());
                vouchedFor.addAll(one.vouchedFor());
            });
        }
        requireDistinct(signed);
        return new HolderKeys(upToBatch(signed, vouchedFor, configuration), used.used());
    }

    /// App. F.3: nobody shows that they hold the keys; the attester says so.
    private HolderKeys attested(String compact, ProofType type, CredentialConfiguration configuration) {
        var attested = attestations.verify(compact, type);
        if (!attested.trusted()) {
            throw unsupported();
        }
        var used = new ProofNonces(nonces);
        used.require("the key attestation", attested.attestation().nonce());
        return new HolderKeys(upToBatch(List.of(), attested.vouchedFor(), configuration), used.used());
    }

    private static void requireExpiry(KeyAttestation attestation) {
        if (attestation.expiresAt().isEmpty()) {
            throw new JsonException("a key attestation in a proof of type jwt has exp");
        }
    }

    private List<HolderKey> upToBatch(
            List<HolderKey> signed, List<JWK> vouchedFor, CredentialConfiguration configuration) {
        var keys = new LinkedHashMap<String, HolderKey>();
        signed.forEach(key -> keys.put(DpopProof.thumbprint(key.jwk()), key));
        if (!vouchedFor.isEmpty()) {
            requirePlainKeys(configuration);
        }
        vouchedFor.forEach(key -> keys.putIfAbsent(DpopProof.thumbprint(key), new HolderKey(key.toPublicJWK())));
        return keys.values().stream().limit(batchSize).toList();
    }

    private HolderKey verify(
            JwtKeyProof proof,
            Optional<Attested> attested,
            ProofType type,
            CredentialConfiguration configuration,
            AccessToken token) {
        if (!type.signingAlgorithms().contains(proof.jwt().algorithm().getName())) {
            throw new JsonException("the proof's alg is not in proof_signing_alg_values_supported");
        }
        if (type.keyAttestationsRequired().isPresent() && attested.isEmpty()) {
            throw new JsonException("the proof's header has no key_attestation, which this issuer requires");
        }
        var key = key(proof.keyReference(), attested, configuration);
        if (!proof.jwt().verifies(key.jwk())) {
            throw new JsonException("the proof's signature does not verify by the key it names");
        }
        attested.ifPresent(one -> requireAmong(one.attestation(), key)); // D.1
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

    private static void requireAmong(KeyAttestation attestation, HolderKey key) {
        var thumbprint = DpopProof.thumbprint(key.jwk());
        if (attestation.attestedKeys().stream().map(DpopProof::thumbprint).noneMatch(thumbprint::equals)) {
            throw new JsonException("the proof is not signed by one of the attested_keys of its key attestation");
        }
    }

    private static HolderKey key(
            KeyReference reference, Optional<Attested> attested, CredentialConfiguration configuration) {
        return switch (reference) {
            case KeyReference.Jwk(var jwk) -> {
                requirePlainKeys(configuration);
                yield new HolderKey(jwk.toPublicJWK(), Optional.empty());
            }
            case KeyReference.Kid(var kid)
            when attested.isPresent() && !kid.startsWith("did:") -> {
                requirePlainKeys(configuration);
                yield new HolderKey(attested.get()
                        .attestation()
                        .key(kid)
                        .orElseThrow(() -> new JsonException("the proof's kid names none of the attested_keys"))
                        .toPublicJWK());
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
                requirePlainKeys(configuration);
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

    /// A proof that is a JWT shows its key as a JWK; whether the credential holds it as a JWK or as a COSE_Key is the
    /// format's business (§12.2.4).
    private static void requirePlainKeys(CredentialConfiguration configuration) {
        if (!configuration.bindingMethods().contains("cose_key")) {
            requireMethod(configuration, "jwk");
        }
    }

    private static void requireMethod(CredentialConfiguration configuration, String method) {
        if (!configuration.bindingMethods().contains(method)) {
            throw new JsonException(
                    "the proof names its key by a method that cryptographic_binding_methods_supported does not list");
        }
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
