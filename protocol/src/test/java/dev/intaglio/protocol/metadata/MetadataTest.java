package dev.intaglio.protocol.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.protocol.Examples;
import dev.intaglio.protocol.RandomJson;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("§12.2.4 Credential Issuer Metadata")
class MetadataTest {
    private static final JsonObject EXAMPLE = Examples.read().object("issuer_metadata_full");

    @Nested
    @DisplayName("examples of the standard")
    class StandardExamples {
        @Test
        @Requirement({"CI-META-20", "CI-META-29", "CI-META-30", "CI-CLM-1"})
        @DisplayName("are read and written without loss")
        void roundTrip() {
            var metadata = CredentialIssuerMetadata.read(EXAMPLE);
            assertThat(metadata.write()).isEqualTo(JsonObject.of(EXAMPLE.members()));
            assertThat(metadata.batchSize()).hasValue(10);
            var configuration = metadata.configurations().get("SD_JWT_VC_example_in_OpenID4VCI");
            assertThat(configuration).isNotNull();
            assertThat(configuration.format()).isEqualTo("dc+sd-jwt");
            assertThat(configuration.bound()).isTrue();
            assertThat(configuration.proofTypes().get("jwt"))
                    .satisfies(type -> assertThat(
                                    type.keyAttestationsRequired().orElseThrow().keyStorage())
                            .containsExactly("iso_18045_moderate"));
        }

        @Test
        @DisplayName("that are signed (I.1) hold the same parameters as claims")
        void signed() {
            var claims =
                    SignedJwt.parse(Examples.read().string("signed_metadata")).claims();
            assertThat(claims.read(CredentialIssuerMetadata::read).credentialIssuer())
                    .hasToString("https://credential-issuer.example.com");
        }

        @Test
        @Requirement("CI-META-31")
        @DisplayName("may have more members than we know, everywhere")
        void unknownMembers() {
            var more = EXAMPLE.with("foo", Map.of())
                    .with("signed_metadata", "a.b.c")
                    .with("credential_identifiers_supported", true);
            assertThat(CredentialIssuerMetadata.read(more)).isEqualTo(CredentialIssuerMetadata.read(EXAMPLE));
            var configuration = Json.readObject(
                    "{\"format\":\"x\",\"vct\":\"v\",\"foo\":[1],\"credential_metadata\":{\"display\":[{\"name\":\"n\",\"foo\":1}],\"bar\":2}}");
            assertThat(CredentialConfiguration.read(configuration).write().text())
                    .isEqualTo(
                            "{\"format\":\"x\",\"vct\":\"v\",\"credential_metadata\":{\"display\":[{\"name\":\"n\"}]}}");
        }
    }

    @Nested
    @DisplayName("what is made up at random")
    class RandomMetadata {
        private final RandomJson random = new RandomJson(12);

        @Test
        @DisplayName("is read again as it was written: read(write(x)) = x")
        void roundTrip() {
            for (var i = 0; i < 300; i++) {
                var metadata = metadata();
                assertThat(Json.readObject(metadata.write().bytes()).read(CredentialIssuerMetadata::read))
                        .isEqualTo(metadata);
            }
        }

        private CredentialIssuerMetadata metadata() {
            var configurations = new LinkedHashMap<String, CredentialConfiguration>();
            random.some(random::word).forEach(id -> configurations.put(id, configuration()));
            return new CredentialIssuerMetadata(
                    uri(),
                    random.some(this::uri),
                    uri(),
                    maybe(this::uri),
                    maybe(this::uri),
                    maybe(this::uri),
                    maybe(random::object),
                    maybe(random::object),
                    random.yes() ? OptionalInt.of(2 + random.upTo(1000)) : OptionalInt.empty(),
                    random.yes()
                            ? List.of(new IssuerDisplay(maybe(random::text), maybe(random::word), maybe(this::logo)))
                            : List.of(),
                    configurations);
        }

        private CredentialConfiguration configuration() {
            var bound = random.yes();
            var types = new LinkedHashMap<String, ProofType>();
            if (bound) {
                types.put(
                        "jwt",
                        new ProofType(
                                List.of("ES256", random.word()),
                                maybe(() -> new KeyAttestationsRequired(List.of(random.word()), List.of()))));
                types.put("attestation", new ProofType(List.of("ES256"), Optional.empty()));
            }
            return new CredentialConfiguration(
                    random.word(),
                    random.yes()
                            ? JsonObject.builder().put("vct", random.text()).build()
                            : JsonObject.empty(),
                    maybe(random::word),
                    random.yes() ? List.of(-7L, "ES256") : List.of(),
                    bound ? List.of("jwk", "did:" + random.word()) : List.of(),
                    types,
                    random.yes()
                            ? List.of(
                                    new CredentialDisplay(
                                            random.text(),
                                            Optional.of("en"),
                                            maybe(this::logo),
                                            maybe(random::text),
                                            Optional.of("#12107c"),
                                            maybe(this::uri),
                                            maybe(() -> "#fff")),
                                    new CredentialDisplay(
                                            random.text(),
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.empty()))
                            : List.of(),
                    random.yes()
                            ? List.of(
                                    new ClaimsDescription(
                                            ClaimsPath.of("a", random.text()),
                                            random.yes(),
                                            List.of(new ClaimDisplay(maybe(random::text), Optional.of("fr")))),
                                    new ClaimsDescription(
                                            new ClaimsPath(List.of(
                                                    new ClaimsPath.Element.Name("b"), new ClaimsPath.Element.All())),
                                            true,
                                            List.of()))
                            : List.of());
        }

        private Logo logo() {
            return new Logo(URI.create("data:image/svg+xml,x"), maybe(random::text));
        }

        private URI uri() {
            return URI.create("https://" + random.word() + ".example/" + random.word());
        }

        private <T> Optional<T> maybe(Supplier<T> maker) {
            return random.yes() ? Optional.of(maker.get()) : Optional.empty();
        }
    }

    @Nested
    @DisplayName("is refused")
    class Refused {
        @ParameterizedTest
        @Requirement("CI-META-1")
        @DisplayName("with an identifier that is not https, has no host, or has query, fragment or user")
        @ValueSource(
                strings = {
                    "http://issuer.example",
                    "https:/issuer.example",
                    "https://",
                    "urn:issuer",
                    "issuer.example",
                    "https://issuer.example?a=b",
                    "https://issuer.example#a",
                    "https://me@issuer.example",
                    "ftp://issuer.example",
                    "",
                    "https://issuer.example:port"
                })
        void identifiers(String identifier) {
            assertRefused(json -> json.with("credential_issuer", identifier));
        }

        @ParameterizedTest
        @DisplayName("not with http on a loopback host, where nobody listens")
        @ValueSource(
                strings = {
                    "http://localhost:8080",
                    "http://127.0.0.1:8080/tenant",
                    "http://[::1]:8080",
                    "http://issuer.localhost"
                })
        void loopback(String identifier) {
            assertThatCode(() -> read(json -> json.with("credential_issuer", identifier)))
                    .doesNotThrowAnyException();
        }

        @ParameterizedTest
        @DisplayName("with http on a host that only looks like loopback")
        @ValueSource(
                strings = {
                    "http://localhost.example",
                    "http://127.0.0.1.example",
                    "http://127001",
                    "http://notlocalhost"
                })
        void almostLoopback(String identifier) {
            assertRefused(json -> json.with("credential_issuer", identifier));
        }

        @ParameterizedTest
        @Requirement("CI-META-13")
        @DisplayName("with an endpoint that is not https; a query is allowed")
        @ValueSource(
                strings = {
                    "credential_endpoint",
                    "nonce_endpoint",
                    "deferred_credential_endpoint",
                    "notification_endpoint"
                })
        void endpoints(String member) {
            assertRefused(json -> json.with(member, "http://issuer.example/x"));
            assertRefused(json -> json.with(member, "https://issuer.example/x#y"));
            assertRefused(json -> json.with(member, "/x"));
            assertRefused(json -> json.with(member, 1));
            assertThatCode(() -> read(json -> json.with(member, "https://issuer.example:8443/x?y=z")))
                    .doesNotThrowAnyException();
        }

        @Test
        @Requirement({"CI-META-11", "CI-META-12", "CI-META-13", "CI-META-18", "CI-META-20"})
        @DisplayName("without what is required, or with it empty, out of range or of the wrong type")
        void required() {
            assertRefused(json -> json.without("credential_issuer"));
            assertRefused(json -> json.without("credential_endpoint"));
            assertRefused(json -> json.without("credential_configurations_supported"));
            assertRefused(json -> json.with("credential_configurations_supported", List.of()));
            assertRefused(json -> json.with("authorization_servers", List.of()));
            assertRefused(json -> json.with("authorization_servers", List.of("http://server.example")));
            assertRefused(json -> json.with("batch_credential_issuance", Map.of()));
            for (var size : List.<Object>of(1, 0, -1, "10", 4_294_967_298L, 1.5)) {
                assertRefused(json -> json.with("batch_credential_issuance", Map.of("batch_size", size)));
            }
        }

        @Test
        @Requirement("CI-META-19")
        @DisplayName("with two names in one language")
        void locales() {
            assertRefused(json -> json.with(
                    "display", List.of(Map.of("name", "a", "locale", "en"), Map.of("name", "b", "locale", "en"))));
            assertRefused(json -> json.with("display", List.of(Map.of("name", "a"), Map.of("name", "b"))));
            assertRefused(json ->
                    json.with("display", List.of(Map.of("name", "a", "logo", Map.of("alt_text", "no uri")))));
        }

        @ParameterizedTest
        @Requirement({"CI-META-20", "CI-META-24", "CI-META-25", "CI-META-26", "CI-META-30"})
        @DisplayName("with a configuration that contradicts itself")
        @ValueSource(
                strings = {
                    "{}",
                    "{\"format\":1}",
                    "{\"format\":\"x\",\"cryptographic_binding_methods_supported\":[\"jwk\"]}",
                    "{\"format\":\"x\",\"proof_types_supported\":{\"jwt\":{\"proof_signing_alg_values_supported\":[\"ES256\"]}}}",
                    "{\"format\":\"x\",\"cryptographic_binding_methods_supported\":[\"jwk\"],\"proof_types_supported\":{}}",
                    "{\"format\":\"x\",\"cryptographic_binding_methods_supported\":[\"jwk\"],\"proof_types_supported\":{\"jwt\":{}}}",
                    "{\"format\":\"x\",\"cryptographic_binding_methods_supported\":[\"jwk\"],\"proof_types_supported\":{\"jwt\":{\"proof_signing_alg_values_supported\":[]}}}",
                    "{\"format\":\"x\",\"credential_signing_alg_values_supported\":[null]}",
                    "{\"format\":\"x\",\"credential_signing_alg_values_supported\":\"ES256\"}",
                    "{\"format\":\"x\",\"credential_metadata\":{\"display\":[{}]}}",
                    "{\"format\":\"x\",\"credential_metadata\":{\"display\":[{\"name\":\"a\"},{\"name\":\"b\"}]}}",
                    "{\"format\":\"x\",\"credential_metadata\":{\"display\":[{\"name\":\"a\",\"background_color\":\"blue\"}]}}",
                    "{\"format\":\"x\",\"credential_metadata\":{\"display\":[{\"name\":\"a\",\"text_color\":\"#12\"}]}}",
                    "{\"format\":\"x\",\"credential_metadata\":{\"display\":[{\"name\":\"a\",\"background_image\":{}}]}}",
                    "{\"format\":\"x\",\"credential_metadata\":{\"claims\":[{\"path\":[\"a\"]},{\"path\":[\"a\"]}]}}"
                })
        void configurations(String configuration) {
            assertThatThrownBy(() -> Json.readObject(configuration).read(CredentialConfiguration::read))
                    .isInstanceOf(JsonException.class);
        }

        @ParameterizedTest
        @Requirement("CI-META-30")
        @DisplayName("not with any of the numerical colours")
        @ValueSource(
                strings = {
                    "#fff",
                    "#12107C",
                    "rgb(1,2,3)",
                    "rgba(1, 2, 3, .5)",
                    "rgb(10%,20%,30%)",
                    "hsl(120, 100%, 50%)",
                    "hsla(120,100%,50%,1)"
                })
        void colours(String colour) {
            var display = JsonObject.builder()
                    .put("name", "n")
                    .put("background_color", colour)
                    .put("text_color", colour)
                    .build();
            assertThat(CredentialDisplay.read(display).write()).isEqualTo(display);
        }

        private static void assertRefused(UnaryOperator<JsonObject> change) {
            assertThatThrownBy(() -> read(change)).isInstanceOf(JsonException.class);
        }

        private static CredentialIssuerMetadata read(UnaryOperator<JsonObject> change) {
            return Json.readObject(change.apply(EXAMPLE).bytes()).read(CredentialIssuerMetadata::read);
        }
    }
}
