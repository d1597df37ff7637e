package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.BitstringStatusListEntry;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitionException;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.IssuerIdentification;
import dev.intaglio.issuer.proof.ProofPolicy;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.did.DidDocument;
import dev.intaglio.protocol.did.DidWebResolver;
import dev.intaglio.protocol.http.Headers;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.DidResolver.Purpose;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("How credentials say whose they are")
class IssuerIdentificationFlowTest {
    private static final String W3C = """
            credential_definition: {"@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"], type: [VerifiableCredential, Card]}""";

    private static CredentialDefinition card(String format, String issuerKey) {
        var parameters = format.equals("dc+sd-jwt") ? "vct: \"urn:example:card\"" : W3C.strip();
        return CredentialDefinition.read("""
                id: card
                display: [{locale: en, name: Card}]
                claims: [{path: [given_name], mandatory: true}]
                formats: {%s: {configuration_id: card, issuer_key: "%s", %s}}
                """.formatted(format, issuerKey, parameters), "card.yaml");
    }

    private static TestIssuer issuer(CredentialDefinition definition, URI identifier) {
        var erika = new CredentialDataset(
                JsonObject.builder().put("given_name", "Erika").build());
        return TestIssuer.builder()
                .identifier(identifier)
                .definitions(List.of(definition))
                .datasets(entitlement -> new CredentialDatasets.Lookup.Ready(erika))
                .build();
    }

    private static Outcome.Received received(TestIssuer issuer, String configuration) {
        var wallet = Wallet.builder(issuer.handler(), issuer.anchors())
                .clock(issuer.clock())
                .build();
        return (Outcome.Received)
                wallet.receive(wallet.resolve(issuer.offer(configuration).linkByValue()), Optional.empty());
    }

    private static String namedIssuer(JsonObject claims) {
        return claims.optionalString("iss").orElseGet(() -> claims.string("issuer"));
    }

    private static Stream<Arguments> ways() {
        var ways = new ArrayList<Arguments>();
        for (var format : List.of("dc+sd-jwt", "vc+jwt", "vc+sd-jwt", "jwt_vc_json", "ldp_vc")) {
            for (var way : List.of("x5c", "jwks", "did:web", "did:jwk", "did:key")) {
                if (!format.equals("ldp_vc") || way.startsWith("did:")) {
                    ways.add(Arguments.of(format, way));
                }
            }
        }
        return ways.stream();
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("ways")
    @DisplayName("is the definition's to say, and the wallet believes it however it is said")
    void each(String format, String way) {
        var issuer = issuer(card(format, way), TestIssuer.IDENTIFIER);
        var credential = received(issuer, "card").credentials().getFirst();
        var name = namedIssuer(credential.verified().claims());
        assertThat(name).startsWith(way.startsWith("did:") ? way + ":" : "https://issuer.example");
        if (format.equals("ldp_vc")) {
            assertThat(credential.verified().claims().object("proof").string("verificationMethod"))
                    .startsWith(name + "#");
            return;
        }
        var compact = credential.value().toString();
        var header = SignedJwt.parse(compact.split("~", 2)[0]).header();
        switch (way) {
            case "x5c" -> assertThat(header.members()).containsKey("x5c").doesNotContainKey("kid");
            case "jwks" -> assertThat(header.members()).containsKey("kid").doesNotContainKey("x5c");
            default -> assertThat(header.string("kid")).startsWith(name + "#");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://issuer.example, did:web:issuer.example, /.well-known/did.json",
        "https://issuer.example/tenant/one, did:web:issuer.example:tenant:one, /tenant/one/did.json",
        "https://issuer.example:8443, did:web:issuer.example%3A8443, /.well-known/did.json"
    })
    @DisplayName("by did:web, the issuer serves the document of its DID with its key for assertions, and only then")
    void document(URI identifier, String did, String path) throws Exception {
        var issuer = issuer(card("vc+jwt", "did:web"), identifier);
        var response = issuer.handler().handle(Request.get(identifier.resolve(path)));
        assertThat(response.status()).isEqualTo(200);
        var document = new DidDocument(did, response.bodyObject());
        var jwt = SignedJwt.parse(
                received(issuer, "card").credentials().getFirst().value().toString());
        assertThat(jwt.verifies(document.key(jwt.header().string("kid"), Purpose.ASSERTION)))
                .isTrue();
        assertThatThrownBy(() -> document.key(jwt.header().string("kid"), Purpose.AUTHENTICATION))
                .isInstanceOf(IllegalArgumentException.class);

        var another = issuer(card("vc+jwt", "x5c"), identifier);
        assertThat(another.handler()
                        .handle(Request.get(identifier.resolve(path)))
                        .status())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("in no way there is not, and not for a format that cannot: the line is told")
    void unknown() {
        var formats = CredentialFormats.onClassPath(new SecureRandom());
        for (var card : List.of(card("dc+sd-jwt", "did:example"), card("ldp_vc", "x5c"))) {
            assertThatThrownBy(() -> formats.check(card))
                    .isInstanceOf(CredentialDefinitionException.class)
                    .hasMessageStartingWith("card.yaml:4:");
        }
        assertThat(IssuerIdentification.didWebPath(URI.create("https://issuer.example/")))
                .isEqualTo("/.well-known/did.json");
    }

    @Nested
    @DisplayName("A holder known by did:web")
    class Holder {
        private final SigningKey key = SigningKey.generate(JWSAlgorithm.ES256);
        private final JsonObject document = DidDocument.of("did:web:holder.example", Map.of("k", key.publicJwk()))
                .json()
                .with("authentication", List.of("did:web:holder.example#k"));

        private TestIssuer issuer(String format, boolean resolving) {
            var erika = new CredentialDataset(
                    JsonObject.builder().put("given_name", "Erika").build());
            var resolver = new DidWebResolver(
                    request -> new Response(200, Headers.of("Content-Type", "application/json"), document.bytes()),
                    host -> List.of(InetAddress.getByName("93.184.216.34")),
                    Clock.systemUTC());
            return TestIssuer.builder()
                    .definitions(List.of(card(format, format.equals("ldp_vc") ? "did:key" : "x5c")))
                    .datasets(entitlement -> new CredentialDatasets.Lookup.Ready(erika))
                    .credentialIssuerOptions(
                            options -> resolving ? options.proofs(ProofPolicy.DEFAULT.withDids(resolver)) : options)
                    .build();
        }

        private Response send(TestIssuer issuer) {
            var wallet = issuer.wallet();
            var token = wallet.redeem(issuer.offer("card").offer()).token();
            return wallet.request(token, "card")
                    .proof(proof -> proof.by(key).namedBy("did:web:holder.example#k"))
                    .send();
        }

        @ParameterizedTest
        @ValueSource(strings = {"dc+sd-jwt", "vc+jwt", "vc+sd-jwt", "jwt_vc_json", "ldp_vc"})
        @DisplayName("is so in every format, where the issuer was told to look DIDs up")
        void bound(String format) {
            var issuer = issuer(format, true);
            assertThat(issuer.credentialIssuer()
                            .metadata()
                            .configurations()
                            .get("card")
                            .bindingMethods())
                    .contains("did:web", "did:key", "did:jwk");
            var response = send(issuer);
            assertThat(response.status()).as(response.bodyText()).isEqualTo(200);
            var credential = response.bodyObject().objects("credentials").getFirst();
            var payload = format.equals("ldp_vc")
                    ? credential.object("credential")
                    : SignedJwt.parse(credential.string("credential").split("~", 2)[0])
                            .claims();
            if (format.equals("dc+sd-jwt")) {
                assertThat(SignedJwt.publicKey(payload.object("cnf").object("jwk"))
                                .toJSONString())
                        .isEqualTo(SignedJwt.publicKey(Json.readObject(
                                        Json.write(key.publicJwk().toPublicJWK().getRequiredParams())))
                                .toJSONString());
            } else {
                var subject = payload.optionalObject("vc").orElse(payload).object("credentialSubject");
                assertThat(subject.string("id")).isEqualTo("did:web:holder.example");
            }
        }

        @Test
        @DisplayName("is not known where it was not")
        void off() {
            var issuer = issuer("vc+jwt", false);
            assertThat(issuer.credentialIssuer()
                            .metadata()
                            .configurations()
                            .get("card")
                            .bindingMethods())
                    .doesNotContain("did:web");
            Refusals.assertRefused(send(issuer), 400, "invalid_proof");
        }
    }

    @Nested
    @DisplayName("The ParticipantCredential that comes along")
    class Participant {
        @ParameterizedTest
        @ValueSource(strings = {"participant_vc_sd_jwt", "participant_vc_jwt", "participant_ldp_vc"})
        @DisplayName("is of data model 2.0 and points to a schema that the issuer serves, made of the definition")
        void schema(String configuration) {
            var issuer = TestIssuer.create();
            var verified =
                    received(issuer, configuration).credentials().getFirst().verified();
            assertThat(verified.type()).isEqualTo("ParticipantCredential");
            var schema = verified.claims().object("credentialSchema");
            assertThat(schema.string("type")).isEqualTo("JsonSchema");
            var served = issuer.handler().handle(Request.get(URI.create(schema.string("id"))));
            assertThat(served.status()).isEqualTo(200);
            var document = served.bodyObject();
            assertThat(document.string("$id")).isEqualTo(schema.string("id"));
            assertThat(document.strings("required")).containsExactly("credentialSubject", "credentialStatus");
            assertThat(verified.claims().members().get("credentialStatus")).isInstanceOf(List.class);
            assertThat(verified.status().orElseThrow().entries())
                    .extracting(BitstringStatusListEntry::purpose)
                    .containsExactlyInAnyOrder("revocation", "suspension");
            var subject = document.object("properties").object("credentialSubject");
            assertThat(subject.strings("required")).contains("partyId", "partyName", "roles");
            assertThat(subject.object("properties")
                            .object("roles")
                            .object("items")
                            .strings("required"))
                    .containsExactly("role");
            for (var name : subject.strings("required")) {
                assertThat(verified.claims().object("credentialSubject").has(name))
                        .as(name)
                        .isTrue();
            }
        }
    }
}
