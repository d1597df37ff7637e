package dev.intaglio.wallet;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.KeyProofTypes;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.ProofType;
import dev.intaglio.protocol.proof.JwtKeyProof;
import dev.intaglio.protocol.proof.KeyProofOrder;
import dev.intaglio.protocol.proof.KeyProofType;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes the proofs of a Credential Request by a type the issuer takes: each key's own, with a key attestation where one
/// is required, or the attestation alone (App. F).
///
/// @param attester who attests our keys, if somebody does
/// @param types what this wallet can make beside `jwt` and `attestation`
/// @param preferred the type to make where the issuer takes several
record HolderProofs(Optional<KeyAttester> attester, KeyProofTypes types, Optional<String> preferred, Clock clock) {
    /// What we sign proofs with, the most widely known first.
    private static final List<JWSAlgorithm> ALGORITHMS =
            List.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512, JWSAlgorithm.EdDSA);

    /// @param type as the issuer announces it
    record Choice(String name, ProofType type) {
        /// Whether the attestation stands for the keys, without a proof by each.
        boolean alone() {
            return name.equals(Proofs.Attestation.TYPE);
        }
    }

    /// What this wallet would prove its keys with.
    ///
    /// @throws WalletException if the issuer takes none of what we can make
    Choice choice(CredentialConfiguration configuration) {
        var announced = configuration.proofTypes();
        var chosen = Stream.concat(
                        preferred.stream(),
                        Stream.concat(
                                Stream.of(Proofs.Jwt.TYPE, Proofs.Attestation.TYPE),
                                types.all().stream().map(KeyProofType::identifier)))
                .filter(this::made)
                .flatMap(name -> Optional.ofNullable(announced.get(name)).map(type -> new Choice(name, type)).stream())
                .findFirst()
                .orElseThrow(() ->
                        new WalletException("the issuer asks for a type of key proof that this wallet does not make: "
                                + announced.keySet()));
        if (chosen.type().keyAttestationsRequired().isPresent() && attester.isEmpty()) {
            throw new WalletException("the issuer asks for a key attestation, which this wallet has nobody to make");
        }
        return chosen;
    }

    private boolean made(String name) {
        return switch (name) {
            case Proofs.Jwt.TYPE -> true;
            case Proofs.Attestation.TYPE -> attester.isPresent();
            default -> types.find(name).isPresent();
        };
    }

    /// The algorithm keys need to have for the proof we would make.
    ///
    /// @throws WalletException if we have none that the issuer takes
    JWSAlgorithm algorithm(CredentialConfiguration configuration) {
        var choice = choice(configuration);
        var taken = choice.type().signingAlgorithms();
        return ALGORITHMS.stream()
                .filter(known -> names(choice, known).stream().anyMatch(taken::contains))
                .findFirst()
                .orElseThrow(() -> new WalletException(
                        "the issuer asks for proofs by algorithms that this wallet does not have: " + taken));
    }

    private List<String> names(Choice choice, JWSAlgorithm algorithm) {
        return types.find(choice.name())
                .map(type -> type.signingAlgorithms(List.of(algorithm.getName())))
                .orElse(List.of(algorithm.getName()));
    }

    Optional<Proofs> make(
            CredentialConfiguration configuration,
            List<SigningKey> keys,
            URI credentialIssuer,
            Optional<String> nonce,
            Optional<String> clientId) {
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        var choice = choice(configuration);
        var type = types.find(choice.name());
        if (type.isPresent()) {
            var order = new KeyProofOrder(
                    credentialIssuer,
                    clock.instant(),
                    nonce,
                    clientId,
                    choice.type().signingAlgorithms(),
                    configuration.bindingMethods());
            return Optional.of(Proofs.of(
                    choice.name(),
                    keys.stream().map(key -> type.get().make(key, order)).toList()));
        }
        var attestation = attester.filter(known -> choice.alone()
                        || choice.type().keyAttestationsRequired().isPresent())
                .map(known ->
                        known.attest(keys.stream().map(SigningKey::publicJwk).toList(), nonce));
        if (choice.alone()) {
            return attestation.map(Proofs.Attestation::new);
        }
        return Optional.of(new Proofs.Jwt(keys.stream()
                .map(key -> JwtKeyProof.make(
                        header(key, attestation), key, credentialIssuer, clock.instant(), nonce, clientId)) // App. F.1
                .toList()));
    }

    private static JsonObject header(SigningKey key, Optional<String> attestation) {
        return JsonObject.builder()
                .put("jwk", SignedJwt.jwk(key.publicJwk()).without("kid").without("use"))
                .putIf("key_attestation", attestation)
                .build();
    }
}
