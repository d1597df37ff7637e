package dev.intaglio.cli;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.KeyProofTypes;
import dev.intaglio.keys.Pem;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.KeyAttestation;
import dev.intaglio.wallet.ResolvedOffer;
import dev.intaglio.wallet.Wallet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the demonstration can have on top of any flow: messages encrypted at the credential endpoint, and keys that are proven in
/// another way than by JWTs, or that a wallet provider attests instead of the wallet proving each.
final class DemoProtection {
    private static final URI PROVIDER = URI.create("https://key-storage.example");

    private final boolean encrypted;
    private final String proofType;
    private final Optional<Attester> attester;

    /// A provider of key storages and who certifies it.
    private record Attester(DevelopmentCa ca, SigningKey key, Clock clock) {
        String attest(List<JWK> keys, Optional<String> nonce) {
            var now = clock.instant();
            return KeyAttestation.make(
                    key,
                    keys,
                    now,
                    JsonObject.builder()
                            .put("iss", PROVIDER.toString())
                            .put("exp", now.plus(Duration.ofMinutes(5)).getEpochSecond())
                            .put("key_storage", List.of("iso_18045_basic"))
                            .putIf("nonce", nonce)
                            .build());
        }
    }

    /// @param proofType as in `proofs`
    DemoProtection(boolean encrypted, String proofType, Clock clock, SecureRandom random) {
        this.encrypted = encrypted;
        this.proofType = proofType;
        attester = proofType.equals(Proofs.Attestation.TYPE) ? Optional.of(attester(clock, random)) : Optional.empty();
    }

    private static Attester attester(Clock clock, SecureRandom random) {
        var ca = DevelopmentCa.create("Intaglio demo key storages", clock, random);
        return new Attester(ca, ca.issue("Demo key storage", PROVIDER, JWSAlgorithm.ES256), clock);
    }

    /// What the server has to be told, beside what the flow tells it.
    Map<String, Object> settings(Path directory, Map<String, Object> flow) {
        var settings = new LinkedHashMap<>(flow);
        if (encrypted) {
            settings.put("intaglio.encryption.requests", "required");
            settings.put("intaglio.encryption.responses", "required");
        }
        if (attester.isEmpty()) {
            settings.put("intaglio.key-proof.types", "jwt," + proofType);
        }
        attester.ifPresent(known -> settings.put("intaglio.key-attestation.trust-anchors", anchor(known, directory)));
        return settings;
    }

    private static Path anchor(Attester attester, Path directory) {
        var file = directory.resolve("key-storages.pem");
        try {
            return Files.writeString(file, Pem.write(List.of(attester.ca().anchor())));
        } catch (IOException unwritable) {
            throw new CommandFailure(
                    "cannot write " + file + ": " + unwritable,
                    "Is there room in the temporary directory?",
                    unwritable);
        }
    }

    /// The wallet would prove its key in another way where the issuer does not take this one.
    void requireTaken(ResolvedOffer offer) {
        offer.configurations().forEach((id, configuration) -> {
            if (configuration.bound() && !configuration.proofTypes().containsKey(proofType)) {
                throw new CommandFailure(
                        id + " is bound to keys that a proof of type " + proofType + " cannot show",
                        "Try --proof "
                                + configuration.proofTypes().keySet().iterator().next() + ", or another --format.");
            }
        });
    }

    Wallet.Builder wallet(Wallet.Builder wallet) {
        return attester.map(known -> wallet.keyAttester(known::attest))
                .orElse(wallet)
                .proofTypes(KeyProofTypes.onClassPath())
                .proofPreferred(proofType);
    }
}
