package dev.intaglio.issuer.proof;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.explanation.Explanation;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.proof.DidResolver;
import dev.intaglio.protocol.proof.KeyProof;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What every key proof must satisfy, whatever its type (App. F.4). The nonce is asked for by [ProofNonces].
final class ProofRules {
    private final URI credentialIssuer;
    private final ProofPolicy policy;
    private final Clock clock;

    ProofRules(URI credentialIssuer, ProofPolicy policy, Clock clock) {
        this.credentialIssuer = credentialIssuer;
        this.policy = policy;
        this.clock = clock;
    }

    /// The key a credential can be bound to because of this proof.
    HolderKey holderKey(KeyProof proof, Asked asked) {
        requireAlgorithm(proof.algorithm(), asked);
        proof.keyIdentifier()
                .ifPresentOrElse(
                        did -> requireDidMethod(asked.configuration(), did),
                        () -> requirePlainKeys(asked.configuration()));
        requireForUs(proof.issuer(), proof.audience(), asked);
        var now = clock.instant();
        if (proof.issuedAt()
                .filter(issued -> issued.isAfter(now.plus(policy.maxSkew())))
                .isPresent()) {
            throw broken(
                    "the proof's iat is in the future",
                    "at most " + policy.maxSkew().toSeconds() + " s after " + now.getEpochSecond(),
                    proof.issuedAt()
                            .map(Instant::getEpochSecond)
                            .map(String::valueOf)
                            .orElse(""));
        }
        if (proof.issuedAt()
                .filter(issued -> issued.isBefore(now.minus(policy.maxAge())))
                .isPresent()) {
            throw broken(
                    "the proof's iat is more than " + policy.maxAge().toMinutes() + " minutes ago",
                    "at most " + policy.maxAge().toSeconds() + " s before " + now.getEpochSecond(),
                    proof.issuedAt()
                            .map(Instant::getEpochSecond)
                            .map(String::valueOf)
                            .orElse(""));
        }
        if (proof.expiresAt().filter(end -> !now.isBefore(end)).isPresent()) {
            throw new JsonException("the proof has expired");
        }
        return new HolderKey(proof.key().toPublicJWK(), proof.keyIdentifier());
    }

    static void requireAlgorithm(String algorithm, Asked asked) {
        if (!asked.type().signingAlgorithms().contains(algorithm)) {
            throw broken(
                    "the proof's alg is not in proof_signing_alg_values_supported",
                    Shown.names(asked.type().signingAlgorithms()),
                    Shown.value(algorithm));
        }
    }

    private void requireForUs(Optional<String> issuer, String audience, Asked asked) {
        if (!audience.equals(credentialIssuer.toString())) {
            throw broken(
                    "the proof's aud is not the Credential Issuer Identifier",
                    credentialIssuer.toString(),
                    Shown.value(audience));
        }
        requireIssuer(issuer, asked.token().clientId());
    }

    /// `iss` is the client identifier, and left out by a client that has none (App. F.1).
    private static void requireIssuer(Optional<String> issuer, Optional<String> clientId) {
        if (issuer.isPresent() && clientId.isEmpty()) {
            throw broken(
                    "the proof has an iss though the access token was obtained without client_id",
                    "no iss",
                    "iss " + Shown.value(issuer.get()));
        }
        if (issuer.isPresent() && !issuer.equals(clientId)) {
            throw broken(
                    "the proof's iss is not the client_id of the access token",
                    "iss " + Shown.value(clientId.get()),
                    "iss " + Shown.value(issuer.get()));
        }
    }

    /// The key a DID URL names, if the configuration binds to such DIDs.
    JWK didKey(String didUrl, CredentialConfiguration configuration) {
        requireDidMethod(configuration, didUrl);
        return policy.dids().key(didUrl, DidResolver.Purpose.AUTHENTICATION);
    }

    private static void requireDidMethod(CredentialConfiguration configuration, String didUrl) {
        var parts = didUrl.split(":", 3);
        if (parts.length < 3 || !parts[0].equals("did")) {
            throw broken("the proof's kid is not a DID URL", "did:METHOD:ID#KEY", Shown.value(didUrl));
        }
        requireMethod(configuration, "did:" + parts[1]);
    }

    /// A proof shows its key as a JWK or a COSE_Key; as which the credential holds it is the format's business (§12.2.4).
    static void requirePlainKeys(CredentialConfiguration configuration) {
        if (!configuration.bindingMethods().contains("cose_key")) {
            requireMethod(configuration, "jwk");
        }
    }

    private static void requireMethod(CredentialConfiguration configuration, String method) {
        if (!configuration.bindingMethods().contains(method)) {
            throw broken(
                    "the proof names its key by a method that cryptographic_binding_methods_supported does not list",
                    Shown.names(configuration.bindingMethods()),
                    Shown.value(method));
        }
    }

    static JsonException broken(String rule, String expected, String came) {
        return new JsonException(
                rule,
                Explanation.of("OpenID4VCI 1.0, App. F.1 and F.4")
                        .expected(expected)
                        .came(came));
    }

    /// One key, one credential: copies bound to the same key would be linkable (§8.3).
    static void requireDistinct(List<HolderKey> keys) {
        var seen = new HashSet<String>();
        for (var key : keys) {
            if (!seen.add(DpopProof.thumbprint(key.jwk()))) {
                throw CredentialErrors.invalidProof("two proofs of this request are by the same key");
            }
        }
    }
}
