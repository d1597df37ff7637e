package dev.intaglio.credential.mdoc;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.StatusReference;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Makes the documents of the tests.
final class Documents {
    static final Instant NOW = Instant.parse("2026-11-17T13:45:12.345Z");
    static final URI ISSUER = URI.create("https://issuer.example");
    static final SecureRandom RANDOM = new SecureRandom();
    static final DevelopmentCa CA = DevelopmentCa.create("Test IACA", Clock.fixed(NOW, ZoneOffset.UTC), RANDOM);
    static final SigningKey SIGNER = CA.issueDocumentSigner("Test signer", ISSUER, JWSAlgorithm.ES256);
    static final SigningKey HOLDER = SigningKey.generate(JWSAlgorithm.ES256);
    static final TrustAnchors ANCHORS = TrustAnchors.of(List.of(CA.anchor()));
    static final MsoMdocFormat FORMAT = new MsoMdocFormat(RANDOM);

    static final CredentialDefinition MDL = shipped("mdl");
    static final CredentialDefinition PID = shipped("pid");

    private Documents() {}

    private static CredentialDefinition shipped(String id) {
        return CredentialDefinitions.shipped().stream()
                .filter(definition -> definition.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static FormatConfiguration mdoc(CredentialDefinition definition) {
        return definition.configurations().stream()
                .filter(configuration -> configuration.format().equals(MsoMdocFormat.IDENTIFIER))
                .findFirst()
                .orElseThrow();
    }

    /// What the sample people say of themselves.
    static JsonObject claims(String person, CredentialDefinition definition) {
        try (var resource = Objects.requireNonNull(
                CredentialDefinition.class.getResourceAsStream("/intaglio/sample-people.json"))) {
            return Json.readObject(resource.readAllBytes()).object(person).object(definition.id());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Issuance issuance(
            CredentialDefinition definition, JsonObject claims, SigningKey signer, Optional<StatusReference> status) {
        return new Issuance(
                definition,
                mdoc(definition),
                new CredentialDataset(claims),
                Optional.of(new HolderKey(HOLDER.publicJwk())),
                status.map(CredentialStatus::of),
                signer,
                ISSUER,
                NOW);
    }

    static String issue(CredentialDefinition definition, JsonObject claims) {
        return FORMAT.issue(issuance(definition, claims, SIGNER, Optional.empty()));
    }

    /// Erika's driving licence.
    static String licence() {
        return issue(MDL, claims("erika", MDL));
    }
}
