package dev.intaglio.benchmark;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.credential.CredentialFormat;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Something to be made over and over: a shipped credential of a sample person in one of its formats.
record SampleIssuance(CredentialFormat format, Issuance issuance) {
    /// Definition and format: the PID in its two formats, the diploma in all there are.
    static final List<String> ALL = List.of(
            "pid dc+sd-jwt",
            "pid mso_mdoc",
            "diploma dc+sd-jwt",
            "diploma mso_mdoc",
            "diploma jwt_vc_json",
            "diploma jwt_vc_json-ld",
            "diploma vc+jwt",
            "diploma vc+sd-jwt",
            "diploma ldp_vc");

    private static final URI ISSUER = URI.create("https://issuer.example");

    static {
        // As the server does, where it works.
        if (AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null) {
            AmazonCorrettoCryptoProvider.install();
        }
    }

    /// A key that can sign all of them.
    static SigningKey key() {
        return DevelopmentCa.create("Benchmark", Clock.systemUTC(), new SecureRandom())
                .issueDocumentSigner("Benchmark", ISSUER, JWSAlgorithm.ES256);
    }

    /// @param name one of [#ALL]
    static SampleIssuance of(String name, SigningKey key) {
        var names = name.split(" ");
        CredentialDefinition definition = CredentialDefinitions.shipped().stream()
                .filter(one -> one.id().equals(names[0]))
                .findFirst()
                .orElseThrow();
        var configuration = definition.configurations().stream()
                .filter(one -> one.format().equals(names[1]))
                .findFirst()
                .orElseThrow();
        try (var people = CredentialDefinitions.class.getResourceAsStream("/intaglio/sample-people.json")) {
            var claims = Json.readObject(Objects.requireNonNull(people).readAllBytes(), JsonLimits.DOCUMENT)
                    .object("erika")
                    .object(names[0]);
            return new SampleIssuance(
                    CredentialFormats.onClassPath(new SecureRandom()).of(configuration),
                    new Issuance(
                            definition,
                            configuration,
                            new CredentialDataset(claims),
                            Optional.of(new HolderKey(
                                    SigningKey.generate(JWSAlgorithm.ES256).publicJwk())),
                            Optional.empty(),
                            key,
                            ISSUER,
                            Instant.now()));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    Object make() {
        return format.issue(issuance);
    }
}
