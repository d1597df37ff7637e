package dev.intaglio.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.authorization.client.PrivateKeyJwt;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.clientattestation.ClientAttestation;
import dev.intaglio.protocol.clientattestation.ClientAttestationPop;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.server.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers started from the files in `conformance/`; what follows sign-in is in the starter's `ConformanceFilesTest`.
@DisplayName("A server with a file of conformance/")
class ConformanceServerTest {
    private static final Path FILES = Path.of("../conformance").toAbsolutePath();
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path data;

    private TestIssuer start(String file) {
        return TestIssuer.start(
                data,
                "spring.config.additional-location",
                FILES.resolve(file).toUri().toString(),
                "config-directory",
                FILES.toString());
    }

    private static JsonObject suite(String file) throws IOException {
        return Json.readObject(Files.readAllBytes(FILES.resolve(file)), JsonLimits.DOCUMENT);
    }

    private static SigningKey key(JsonObject jwks) throws ParseException {
        return SigningKey.of(JWK.parse(jwks.objects("keys").getFirst().text()));
    }

    @Test
    @DisplayName(
            "plain: the first client of the suite's file pushes a request, and erika agrees to it with her password")
    void plain() throws Exception {
        try (var issuer = start("plain.yaml")) {
            var client = suite("suite-plain.json").object("client");
            var id = client.string("client_id");
            var now = Instant.now().getEpochSecond();
            var assertion = SignedJwt.sign(
                    JsonObject.empty(),
                    JsonObject.builder()
                            .put("iss", id)
                            .put("sub", id)
                            .put("aud", issuer.server().issuer().toString())
                            .put("jti", DpopProof.newId(RANDOM))
                            .put("exp", now + 60)
                            .build(),
                    key(client.object("jwks")));
            var pushed = Request.post(
                    issuer.at("/par"),
                    asking(id)
                            .with("client_assertion_type", PrivateKeyJwt.ASSERTION_TYPE)
                            .with("client_assertion", assertion));
            assertAgrees(issuer, id, pushed);
        }
    }

    @Test
    @DisplayName(
            "haip: the first client, attested by the suite's wallet provider, pushes a request, and erika agrees to it")
    void haip() throws Exception {
        try (var issuer = start("haip.yaml")) {
            var suite = suite("suite-haip.json");
            var id = suite.object("client").string("client_id");
            var provider = suite.object("client_attestation");
            var instance = SigningKey.generate(JWSAlgorithm.ES256);
            var now = Instant.now();
            var pushed = Request.post(issuer.at("/par"), asking(id))
                    .with(
                            ClientAttestation.HEADER,
                            ClientAttestation.make(
                                    key(provider.object("attester_jwks")),
                                    provider.string("issuer"),
                                    id,
                                    instance.publicJwk(),
                                    now,
                                    now.plusSeconds(300)))
                    .with(
                            ClientAttestationPop.HEADER,
                            ClientAttestationPop.make(
                                    instance,
                                    id,
                                    issuer.server().issuer(),
                                    DpopProof.newId(RANDOM),
                                    now,
                                    Optional.empty()));
            assertAgrees(issuer, id, pushed);
        }
    }

    private static Form asking(String id) {
        return Browser.asking("https://suite.example/test/a/intaglio/callback").with("client_id", id);
    }

    private static void assertAgrees(TestIssuer issuer, String id, Request pushed) {
        var response = issuer.send(pushed);
        assertThat(response.status()).as(response.bodyText()).isEqualTo(201);
        var browser = new Browser(issuer);
        var page = browser.begin(Form.empty()
                .with("client_id", id)
                .with("request_uri", response.bodyObject().string("request_uri")));
        assertThat(Browser.location(browser.signIn(page, "erika", "conformance")))
                .isEqualTo(page);
        assertThat(browser.get(page).bodyText()).contains("Conformance Wallet One", "Erika Mustermann");
        var brought = Browser.brought(browser.answer(page, "allow"));
        assertThat(brought)
                .isInstanceOfSatisfying(
                        AuthorizationResponse.Success.class,
                        success -> assertThat(success.issuer().map(URI::create))
                                .contains(issuer.server().issuer()));
    }
}
