package dev.intaglio.issuer.proof;

import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.nonce.KeyedNonces;
import dev.intaglio.protocol.oauth.AccessToken;
import dev.intaglio.protocol.oauth.Refusal;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Verifies the key proofs of a Credential Request (App. F.4): the keys they show are those credentials are bound to.
/// Whatever is wrong with `proofs` is `invalid_proof`, except a nonce that is not, or no longer, ours: `invalid_nonce`.
public final class KeyProofs {
    private final JwtProofs jwtProofs;
    private final TypedProofs typedProofs;
    private final int batchSize;

    /// @param batchSize how many proofs a request may hold, and how many keys come of it
    public KeyProofs(URI credentialIssuer, KeyedNonces nonces, ProofPolicy policy, int batchSize, Clock clock) {
        var rules = new ProofRules(credentialIssuer, policy, clock);
        jwtProofs = new JwtProofs(nonces, new KeyAttestations(policy, clock), rules, batchSize);
        typedProofs = new TypedProofs(nonces, policy.types(), policy.dids(), rules);
        this.batchSize = batchSize;
    }

    /// @throws dev.intaglio.protocol.oauth.Refusal `invalid_proof` or `invalid_nonce`
    public HolderKeys verify(Optional<Proofs> proofs, CredentialConfiguration configuration, AccessToken token) {
        if (!configuration.bound()) {
            return new HolderKeys(List.of(), List.of()); // §12.2.4: none is asked for
        }
        var given = proofs.orElseThrow(
                () -> CredentialErrors.invalidProof("proofs is missing: this credential is bound to a key")
                        .section("OpenID4VCI 1.0, 8.2")
                        .expected("proofs, an object with an array for one type of proof: proofs.jwt (a single proof,"
                                + " an object with proof_type, was of earlier drafts)"));
        var type = Optional.ofNullable(configuration.proofTypes().get(given.type()))
                .orElseThrow(() -> unsupported()
                        .expected(Shown.names(configuration.proofTypes().keySet()))
                        .came(Shown.value(given.type())));
        if (given.size() > batchSize) {
            throw CredentialErrors.invalidProof(
                    "proofs holds " + given.size() + " proofs; this issuer takes at most " + batchSize);
        }
        var asked = new Asked(type, configuration, token);
        try {
            return switch (given) {
                case Proofs.Jwt(var compact) -> jwtProofs.verify(compact, asked);
                case Proofs.Attestation(var compact) ->
                    jwtProofs.attested(compact, asked).orElseThrow(KeyProofs::unsupported);
                case Proofs.DataIntegrity(var presentations) ->
                    typedProofs.verify(Proofs.DataIntegrity.TYPE, presentations, asked);
                case Proofs.Other(var name, var others) -> typedProofs.verify(name, others, asked);
            };
        } catch (JsonException broken) {
            throw CredentialErrors.invalidProof(broken);
        }
    }

    static Refusal unsupported() {
        return CredentialErrors.invalidProof("the type of the proofs is not in proof_types_supported");
    }
}
