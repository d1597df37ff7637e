package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborReader;
import dev.intaglio.credential.mdoc.MdocVerifier;
import dev.intaglio.credential.mdoc.MsoMdocFormat;
import dev.intaglio.keys.Pem;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("node")
@DisplayName("The mdoc library @auth0/mdl")
class ForeignMdocTest {
    private static final URI ISSUER = URI.create("https://issuer.example");

    @ParameterizedTest
    @ValueSource(strings = {"mdl", "pid"})
    @DisplayName("verifies what we issue, and what the holder shows of it")
    void verifiesOurs(String type) throws Exception {
        var random = new SecureRandom();
        var ca = DevelopmentCa.create("IACA", Clock.systemUTC(), random);
        var definition = CredentialDefinitions.shipped().stream()
                .filter(one -> one.id().equals(type))
                .findFirst()
                .orElseThrow();
        var configuration = definition.configurations().stream()
                .filter(one -> one.format().equals(MsoMdocFormat.IDENTIFIER))
                .findFirst()
                .orElseThrow();
        var holder = holder();
        var credential = new MsoMdocFormat(random)
                .issue(new Issuance(
                        definition,
                        configuration,
                        new CredentialDataset(sample(type)),
                        Optional.of(new HolderKey(holder.toPublicJWK())),
                        Optional.empty(),
                        ca.issueDocumentSigner("Signer", ISSUER, JWSAlgorithm.ES256),
                        ISSUER,
                        Instant.now()));
        var doctype = configuration.parameters().string("doctype");

        var shown = NodeScript.run(
                "verify-mdoc.mjs",
                JsonObject.builder()
                        .put("credential", credential)
                        .put("trustAnchorPem", Pem.write(List.of(ca.anchor())))
                        .put("docType", doctype)
                        .put("devicePrivateJwk", JsonObject.of(holder.toJSONObject()))
                        .build()
                        .text());

        var namespaces = shown.json().object("elements");
        var elements =
                namespaces.object(namespaces.members().keySet().iterator().next());
        assertThat(elements.string("family_name")).isEqualTo("Sandmann");
        assertThat(elements.string("birth_date")).isEqualTo("1986-03-22");
    }

    @Test
    @DisplayName("issues what we verify")
    void weVerifyTheirs(@TempDir Path directory) throws Exception {
        var holder = holder();
        var made = NodeScript.run(
                        "issue-mdoc.mjs",
                        JsonObject.builder()
                                .put("docType", "org.iso.18013.5.1.mDL")
                                .put(
                                        "elements",
                                        Map.of(
                                                "org.iso.18013.5.1",
                                                Map.of(
                                                        "family_name", "Baggins",
                                                        "birth_date", "1990-09-22",
                                                        "issuing_country", "ZZ",
                                                        "age_over_18", true)))
                                .put(
                                        "holderJwk",
                                        JsonObject.of(holder.toPublicJWK().toJSONObject()))
                                .build()
                                .text())
                .json();
        var anchor = directory.resolve("anchor.pem");
        Files.writeString(anchor, made.string("trustAnchorPem"), StandardCharsets.US_ASCII);
        var response = CborReader.read(HexFormat.of().parseHex(made.string("deviceResponse")));
        var issuerSigned = response.members()
                .get("documents")
                .elements(1)
                .getFirst()
                .members()
                .get("issuerSigned");

        var found = new MdocVerifier().verify(text(issuerSigned), TrustAnchors.pem(anchor), Instant.now());

        assertThat(found).isInstanceOf(Verification.Verified.class);
        var verified = (Verification.Verified) found;
        var elements = verified.claims().object("org.iso.18013.5.1");
        assertThat(elements.string("family_name")).isEqualTo("Baggins");
        assertThat(elements.string("birth_date")).isEqualTo("1990-09-22");
        assertThat(elements.flag("age_over_18")).isTrue();
        assertThat(verified.holderKey().orElseThrow().getRequiredParams())
                .isEqualTo(holder.toPublicJWK().getRequiredParams());
    }

    private static ECKey holder() throws JOSEException {
        return new ECKeyGenerator(Curve.P_256).generate();
    }

    private static JsonObject sample(String type) throws IOException {
        try (var people = Objects.requireNonNull(
                CredentialDefinitions.class.getResourceAsStream("/intaglio/sample-people.json"))) {
            return Json.readObject(people.readAllBytes()).object("erika").object(type);
        }
    }

    private static String text(Cbor item) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(item.encoded());
    }
}
