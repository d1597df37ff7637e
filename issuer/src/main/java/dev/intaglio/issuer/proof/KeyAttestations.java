package dev.intaglio.issuer.proof;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import dev.intaglio.issuer.spi.KeyAttestationStatus.Standing;
import dev.intaglio.keys.TrustAnchors.Trusted;
import dev.intaglio.keys.TrustAnchors.Untrusted;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.metadata.ProofType;
import dev.intaglio.protocol.oauth.Refusal;
import dev.intaglio.protocol.proof.KeyAttestation;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/// Verifies key attestations (App. D). Whatever is wrong with one is `invalid_proof`.
final class KeyAttestations {
    private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521, Curve.Ed25519);

    private final ProofPolicy policy;
    private final Clock clock;

    KeyAttestations(ProofPolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /// An attestation in form and in time.
    ///
    /// @param trusted whether an attester we believe made it, and it says what is required
    record Attested(KeyAttestation attestation, boolean trusted) {
        /// The keys whose holder need not show each of them.
        List<JWK> vouchedFor() {
            return trusted ? attestation.attestedKeys() : List.of();
        }
    }

    /// Without anybody we trust an attestation proves nothing and is not held against the wallet: its keys count as far
    /// as they sign proofs.
    Attested verify(String compact, ProofType type) {
        var attestation = KeyAttestation.read(compact, policy.attestationType());
        if (!type.signingAlgorithms().contains(attestation.jwt().algorithm().getName())) { // F.1, F.3
            throw new JsonException("the key attestation's alg is not in proof_signing_alg_values_supported");
        }
        requireInTime(attestation);
        requireUsableKeys(attestation.attestedKeys());
        if (policy.keyAttestations().isEmpty()) {
            return new Attested(attestation, false);
        }
        requireTrusted(attestation, policy.keyAttestations().get());
        requireLevels(attestation, type);
        requireNotRevoked(attestation, policy.keyAttestations().get());
        return new Attested(attestation, true);
    }

    private void requireInTime(KeyAttestation attestation) {
        var now = clock.instant();
        if (attestation.issuedAt().isAfter(now.plus(policy.maxSkew()))) {
            throw new JsonException("the key attestation's iat is in the future");
        }
        if (attestation.expiresAt().filter(end -> !now.isBefore(end)).isPresent()) {
            throw new JsonException("the key attestation has expired");
        }
    }

    private static void requireUsableKeys(List<JWK> keys) {
        for (var key : keys) {
            var curve = switch (key) {
                case ECKey ec -> ec.getCurve();
                case OctetKeyPair okp -> okp.getCurve();
                default -> null;
            };
            if (curve == null || !CURVES.contains(curve)) {
                throw new JsonException("the key attestation attests a key of a kind we do not bind credentials to");
            }
        }
    }

    private void requireTrusted(KeyAttestation attestation, KeyAttestationPolicy trust) {
        var jwt = attestation.jwt();
        var chain = jwt.headerChain();
        if (chain.isEmpty()) {
            if (trust.attesterKeys().stream().noneMatch(jwt::verifies)) {
                throw untrusted();
            }
            return;
        }
        try {
            var certificates = X5c.parse(chain.get());
            switch (trust.attesters().check(certificates, clock.instant())) { // HAIP §4.5.1
                case Trusted ignored -> {
                    if (!jwt.verifies(X5c.publicJwk(certificates.getFirst()))) {
                        throw CredentialErrors.invalidProof(
                                "the key attestation's signature does not verify by the first certificate of its x5c");
                    }
                }
                case Untrusted(var reason) -> throw untrusted().because(reason);
            }
        } catch (IllegalArgumentException malformed) {
            throw CredentialErrors.invalidProof("the key attestation's x5c is no certificate chain")
                    .because(malformed);
        }
    }

    private static Refusal untrusted() {
        return CredentialErrors.invalidProof("the key attestation is not signed by an attester this issuer trusts");
    }

    private static void requireLevels(KeyAttestation attestation, ProofType type) {
        type.keyAttestationsRequired().ifPresent(required -> {
            requireLevel("key_storage", required.keyStorage(), attestation.keyStorage());
            requireLevel("user_authentication", required.userAuthentication(), attestation.userAuthentication());
        });
    }

    private static void requireLevel(String name, List<String> accepted, List<String> attested) {
        if (!accepted.isEmpty() && attested.stream().noneMatch(accepted::contains)) {
            throw new JsonException(
                    "the key attestation's " + name + " is none that key_attestations_required accepts");
        }
    }

    private static void requireNotRevoked(KeyAttestation attestation, KeyAttestationPolicy trust) {
        attestation.status().ifPresent(status -> {
            switch (trust.status().find(status)) {
                case Standing.Valid() -> {}
                case Standing.Revoked(var reason) ->
                    throw CredentialErrors.invalidProof("the key attestation was revoked")
                            .because(reason);
                case Standing.Suspended(var reason) ->
                    throw CredentialErrors.invalidProof("the key attestation is suspended")
                            .because(reason);
                case Standing.Unknown(var reason) ->
                    throw CredentialErrors.invalidProof(
                                    "whether the key attestation was revoked cannot be learnt now; try again later")
                            .because(reason);
            }
        });
    }
}
