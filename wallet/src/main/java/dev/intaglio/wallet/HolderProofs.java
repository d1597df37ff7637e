package dev.intaglio.wallet;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.ProofType;
import dev.intaglio.protocol.proof.JwtKeyProof;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Makes the proofs of a Credential Request by the type the issuer takes: each key's own, with a key attestation where one
/// is required, or the attestation alone (App. F).
///
/// @param attester who attests our keys, if somebody does
/// @param attestationPreferred whether the attestation alone is sent where the issuer takes both
record HolderProofs(Optional<KeyAttester> attester, boolean attestationPreferred, Clock clock) {
    /// @param alone whether the attestation stands for the keys, without a proof by each
    record Choice(ProofType type, boolean alone) {}

    /// What this wallet would prove its keys with.
    ///
    /// @throws WalletException if the issuer takes none of what we can make
    Choice choice(CredentialConfiguration configuration) {
        var jwt = Optional.ofNullable(configuration.proofTypes().get(Proofs.Jwt.TYPE))
                .map(type -> new Choice(type, false));
        var attestation = Optional.ofNullable(configuration.proofTypes().get(Proofs.Attestation.TYPE))
                .filter(type -> attester.isPresent())
                .map(type -> new Choice(type, true));
        var chosen = (attestationPreferred ? attestation.or(() -> jwt) : jwt.or(() -> attestation))
                .orElseThrow(() ->
                        new WalletException("the issuer asks for a type of key proof that this wallet does not make: "
                                + configuration.proofTypes().keySet()));
        if (chosen.type().keyAttestationsRequired().isPresent() && attester.isEmpty()) {
            throw new WalletException("the issuer asks for a key attestation, which this wallet has nobody to make");
        }
        return chosen;
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
