package dev.intaglio.issuer.proof;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.issuer.proof.KeyAttestations.Attested;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.nonce.KeyedNonces;
import dev.intaglio.protocol.proof.JwtKeyProof;
import dev.intaglio.protocol.proof.JwtKeyProof.KeyReference;
import dev.intaglio.protocol.proof.KeyAttestation;
import dev.intaglio.protocol.proof.KeyProof;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Proofs of the types `jwt` and `attestation` (App. F.1, F.3), which share key attestations.
final class JwtProofs {
    private final KeyedNonces nonces;
    private final KeyAttestations attestations;
    private final ProofRules rules;
    private final int batchSize;

    JwtProofs(KeyedNonces nonces, KeyAttestations attestations, ProofRules rules, int batchSize) {
        this.nonces = nonces;
        this.attestations = attestations;
        this.rules = rules;
        this.batchSize = batchSize;
    }

    /// App. F.1. First the keys that signed, in the order of their proofs, then others that trusted attestations vouch for,
    /// in theirs; as many as a batch holds (§8.3: an issuer may issue fewer credentials than there are keys).
    HolderKeys verify(List<String> compact, Asked asked) {
        var signed = new ArrayList<HolderKey>(compact.size());
        var vouchedFor = new ArrayList<JWK>();
        var used = new ProofNonces(nonces);
        var known = new HashMap<String, Attested>(); // proofs of a batch may share one
        for (var proof : compact) {
            var read = JwtKeyProof.read(proof);
            var attested = read.keyAttestation()
                    .map(one ->
                            known.computeIfAbsent(one, compactOne -> attestations.verify(compactOne, asked.type())));
            signed.add(verify(read, attested, asked));
            used.require("the proof", read.nonce());
            attested.ifPresent(one -> {
                requireExpiry(one.attestation()); // D.1
                used.require("the key attestation", one.attestation().nonce());
                vouchedFor.addAll(one.vouchedFor());
            });
        }
        ProofRules.requireDistinct(signed);
        return new HolderKeys(upToBatch(signed, vouchedFor, asked), used.used(), vouched(known.values()));
    }

    /// App. F.3: nobody shows that they hold the keys; the attester says so.
    ///
    /// @return nothing if no attester is trusted
    Optional<HolderKeys> attested(String compact, Asked asked) {
        var attested = attestations.verify(compact, asked.type());
        if (!attested.trusted()) {
            return Optional.empty();
        }
        var used = new ProofNonces(nonces);
        used.require("the key attestation", attested.attestation().nonce());
        return Optional.of(new HolderKeys(
                upToBatch(List.of(), attested.vouchedFor(), asked), used.used(), vouched(List.of(attested))));
    }

    private static HolderKeys.Vouched vouched(Collection<Attested> all) {
        var trusted = all.stream()
                .filter(Attested::trusted)
                .map(Attested::attestation)
                .toList();
        return new HolderKeys.Vouched(
                trusted.stream()
                        .flatMap(one -> one.attestedKeys().stream())
                        .map(DpopProof::thumbprint)
                        .toList(),
                trusted.stream()
                        .flatMap(one -> one.jwt().claims().optionalString("iss").stream())
                        .findFirst(),
                trusted.stream().flatMap(one -> one.status().stream()).toList());
    }

    private static void requireExpiry(KeyAttestation attestation) {
        if (attestation.expiresAt().isEmpty()) {
            throw new JsonException("a key attestation in a proof of type jwt has exp");
        }
    }

    private List<HolderKey> upToBatch(List<HolderKey> signed, List<JWK> vouchedFor, Asked asked) {
        var keys = new LinkedHashMap<String, HolderKey>();
        signed.forEach(key -> keys.put(DpopProof.thumbprint(key.jwk()), key));
        if (!vouchedFor.isEmpty()) {
            ProofRules.requirePlainKeys(asked.configuration());
        }
        vouchedFor.forEach(key -> keys.putIfAbsent(DpopProof.thumbprint(key), new HolderKey(key.toPublicJWK())));
        return keys.values().stream().limit(batchSize).toList();
    }

    private HolderKey verify(JwtKeyProof proof, Optional<Attested> attested, Asked asked) {
        var algorithm = proof.jwt().algorithm().getName();
        ProofRules.requireAlgorithm(algorithm, asked);
        if (asked.type().keyAttestationsRequired().isPresent() && attested.isEmpty()) {
            throw new JsonException("the proof's header has no key_attestation, which this issuer requires");
        }
        var key = key(proof.keyReference(), attested, asked);
        if (!proof.jwt().verifies(key.jwk())) {
            throw ProofRules.broken(
                    "the proof's signature does not verify by the key it names",
                    "a signature over header and payload as they were sent, by the key of jwk, kid or x5c",
                    "another; with ES256, it may be in DER instead of the 64 bytes of RFC 7518, 3.4");
        }
        attested.ifPresent(one -> requireAmong(one.attestation(), key)); // D.1
        return rules.holderKey(
                new KeyProof(
                        key.jwk(),
                        key.identifier(),
                        algorithm,
                        proof.issuer(),
                        proof.audience(),
                        Optional.of(proof.issuedAt()),
                        Optional.empty(),
                        proof.nonce()),
                asked);
    }

    private static void requireAmong(KeyAttestation attestation, HolderKey key) {
        var thumbprint = DpopProof.thumbprint(key.jwk());
        if (attestation.attestedKeys().stream().map(DpopProof::thumbprint).noneMatch(thumbprint::equals)) {
            throw new JsonException("the proof is not signed by one of the attested_keys of its key attestation");
        }
    }

    private HolderKey key(KeyReference reference, Optional<Attested> attested, Asked asked) {
        return switch (reference) {
            case KeyReference.Jwk(var jwk) -> {
                ProofRules.requirePlainKeys(asked.configuration());
                yield new HolderKey(jwk.toPublicJWK());
            }
            case KeyReference.Kid(var kid)
            when attested.isPresent() && !kid.startsWith("did:") -> {
                ProofRules.requirePlainKeys(asked.configuration());
                yield new HolderKey(attested.get()
                        .attestation()
                        .key(kid)
                        .orElseThrow(() -> new JsonException("the proof's kid names none of the attested_keys"))
                        .toPublicJWK());
            }
            case KeyReference.Kid(var kid) -> new HolderKey(rules.didKey(kid, asked.configuration()), Optional.of(kid));
            case KeyReference.X5c(var chain) -> {
                ProofRules.requirePlainKeys(asked.configuration());
                yield new HolderKey(leafKey(chain));
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
}
