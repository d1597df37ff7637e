package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.IssuerDisplay;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("§12.2 Credential Issuer Metadata")
class IssuerMetadataFlowTest {
    private static final String ADDRESS = "https://issuer.example/.well-known/openid-credential-issuer";

    private final TestIssuer issuer = TestIssuer.create();

    @Nested
    @DisplayName("§12.2.1 the identifier")
    class Identifier {
        @ParameterizedTest
        @Requirement("CI-META-1")
        @DisplayName("is an https URL with a host and without query and fragment")
        @ValueSource(
                strings = {
                    "http://issuer.example",
                    "https://issuer.example?tenant=1",
                    "https://issuer.example/#top",
                    "https:///tenant",
                    "https://user@issuer.example",
                    "issuer.example"
                })
        void refusesOthers(String identifier) {
            assertThatThrownBy(() -> TestIssuer.builder()
                            .identifier(URI.create(identifier))
                            .build())
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @Requirement("CI-META-11")
        @DisplayName("is repeated in the metadata letter by letter")
        @ValueSource(
                strings = {"https://issuer.example", "https://Issuer.Example:8443/Tenant", "https://issuer.example/"})
        void repeatedExactly(String identifier) {
            var other = TestIssuer.builder().identifier(URI.create(identifier)).build();
            var metadata = other.handler()
                    .handle(Request.get(URI.create(identifier).resolve(wellKnown(identifier))))
                    .bodyObject();
            assertThat(metadata.string("credential_issuer")).isEqualTo(identifier);
        }

        private static String wellKnown(String identifier) {
            return "/.well-known/openid-credential-issuer" + (identifier.endsWith("Tenant") ? "/Tenant" : "");
        }
    }

    @Nested
    @DisplayName("§12.2.2 retrieval")
    class Retrieval {
        @Test
        @Requirement({"CI-META-2", "CI-META-3", "CI-META-4"})
        @DisplayName("is by GET at the well-known address, with 200 and application/json")
        void wellKnownAddress() {
            var response = get(issuer, ADDRESS);
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Content-Type")).contains("application/json");
            assertThat(response.bodyObject())
                    .isEqualTo(issuer.credentialIssuer().metadata().write());
        }

        @Test
        @Requirement("CI-META-2")
        @DisplayName(
                "of an issuer with a path has the well-known part between host and path, and credentials come from there")
        void pathIssuer() {
            var tenant = TestIssuer.builder()
                    .identifier(URI.create("https://issuer.example/tenants/7"))
                    .build();
            var metadata = get(tenant, ADDRESS + "/tenants/7").bodyObject();
            assertThat(metadata.string("credential_issuer")).isEqualTo("https://issuer.example/tenants/7");
            assertThat(metadata.string("credential_endpoint")).isEqualTo("https://issuer.example/tenants/7/credential");
            assertThat(metadata.string("nonce_endpoint")).isEqualTo("https://issuer.example/tenants/7/nonce");
            assertThat(get(tenant, ADDRESS).status()).isEqualTo(404);
            assertThat(get(tenant, "https://issuer.example/tenants/7/.well-known/openid-credential-issuer")
                            .status())
                    .isEqualTo(404);
            var offer = tenant.offer(TestIssuer.PID);
            assertThat(offer.reference().toString()).startsWith("https://issuer.example/tenants/7/offers/");
            var wallet = tenant.wallet().withDpop();
            assertThat(wallet.request(
                                    wallet.redeem(wallet.offer(offer.linkByReference()))
                                            .token(),
                                    TestIssuer.PID)
                            .credential())
                    .isNotEmpty();
        }

        @Test
        @Requirement("CI-META-4")
        @DisplayName("gives plain JSON to a wallet that would rather have it signed")
        void unsignedAlways() {
            var response =
                    issuer.handler().handle(Request.get(URI.create(ADDRESS)).with("Accept", "application/jwt"));
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.mediaType()).isEqualTo("application/json");
        }

        @Test
        @DisplayName("by another method is 405, and HEAD is GET without a body")
        void methods() {
            var post = issuer.handler().handle(Request.post(URI.create(ADDRESS)));
            assertThat(post.status()).isEqualTo(405);
            assertThat(post.header("Allow")).contains("GET");
            var get = Request.get(URI.create(ADDRESS));
            var head = issuer.handler()
                    .handle(new Request("HEAD", get.uri(), get.headers(), get.body(), Optional.empty()));
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
        }
    }

    @Nested
    @DisplayName("§12.2.4 parameters")
    class Parameters {
        @Test
        @Requirement({"CI-META-13", "CI-META-14", "CI-NONCE-1", "CI-CRED-1"})
        @DisplayName(
                "endpoints are https; there is a nonce endpoint since proofs need nonces; what is not served is not named")
        void endpoints() {
            var metadata = metadata(issuer);
            assertThat(metadata.string("credential_endpoint")).isEqualTo("https://issuer.example/credential");
            assertThat(metadata.string("nonce_endpoint")).isEqualTo("https://issuer.example/nonce");
            assertThat(metadata.string("deferred_credential_endpoint"))
                    .isEqualTo("https://issuer.example/deferred_credential");
            assertThat(metadata.string("notification_endpoint")).isEqualTo("https://issuer.example/notification");
        }

        @Test
        @Requirement("CI-META-12")
        @DisplayName("authorization_servers is left out by an issuer that is its own, and names the other otherwise")
        void authorizationServers() {
            assertThat(metadata(issuer).has("authorization_servers")).isFalse();
            var elsewhere = TestIssuer.builder()
                    .authorizationServer(URI.create("https://login.example"))
                    .build();
            assertThat(metadata(elsewhere).strings("authorization_servers")).containsExactly("https://login.example");
            var wallet = elsewhere.wallet().withDpop();
            assertThat(wallet.authorizationServerMetadata().issuer()).hasToString("https://login.example");
            assertThat(wallet.request(
                                    wallet.redeem(elsewhere
                                                    .offer(TestIssuer.PID)
                                                    .offer())
                                            .token(),
                                    TestIssuer.PID)
                            .credential())
                    .isNotEmpty();
        }

        @Test
        @Requirement("CI-META-18")
        @DisplayName("batch_size is at least 2, and not there where one proof at a time is taken")
        void batchSize() {
            assertThat(metadata(issuer).object("batch_credential_issuance").integer("batch_size"))
                    .isGreaterThanOrEqualTo(2);
            assertThat(metadata(TestIssuer.builder().batchSize(1).build()).has("batch_credential_issuance"))
                    .isFalse();
        }

        @Test
        @DisplayName("no encryption is offered, since none is done")
        void noEncryption() {
            assertThat(metadata(issuer).members())
                    .doesNotContainKeys("credential_request_encryption", "credential_response_encryption");
        }

        @Test
        @Requirement("CI-META-19")
        @DisplayName("display is an array with one entry per locale, or is not there")
        void issuerDisplay() {
            assertThat(metadata(issuer).has("display")).isFalse();
            var named = TestIssuer.builder()
                    .credentialIssuerOptions(options ->
                            options.display(List.of(display("University", "en"), display("Universität", "de"))))
                    .build();
            assertThat(metadata(named).objects("display"))
                    .extracting(one -> one.string("name"), one -> one.string("locale"))
                    .containsExactly(tuple("University", "en"), tuple("Universität", "de"));
            assertThatThrownBy(() -> TestIssuer.builder()
                            .credentialIssuerOptions(
                                    options -> options.display(List.of(display("A", "en"), display("B", "en"))))
                            .build())
                    .isInstanceOf(IllegalArgumentException.class);
        }

        private static IssuerDisplay display(String name, String locale) {
            return new IssuerDisplay(Optional.of(name), Optional.of(locale), Optional.empty());
        }
    }

    @Nested
    @DisplayName("§12.2.4 each credential configuration")
    class Configurations {
        @Test
        @Requirement({"CI-META-20", "CI-META-21", "CI-META-22", "CI-META-23"})
        @DisplayName("has its format, the format's parameter, a scope and the algorithm of the signing key")
        void format() {
            var parameters = Map.of("dc+sd-jwt", "vct", "mso_mdoc", "doctype");
            var algorithms = Map.<String, Object>of("mso_mdoc", -7L, "ldp_vc", "ecdsa-rdfc-2019");
            for (var configuration : configurations()) {
                var format = configuration.string("format");
                assertThat(configuration.members())
                        .containsKey(parameters.getOrDefault(format, "credential_definition"));
                assertThat(configuration.string("scope")).isNotEmpty();
                assertThat(configuration
                                .optionalArray("credential_signing_alg_values_supported")
                                .orElseThrow())
                        .containsExactly(algorithms.getOrDefault(format, "ES256"));
            }
        }

        @Test
        @Requirement({"CI-META-24", "CI-META-25", "CI-META-26", "CI-META-27"})
        @DisplayName(
                "has binding methods and proof types together, algorithms for each, and asks for no key attestation")
        void binding() {
            for (var configuration : configurations()) {
                assertThat(configuration.strings("cryptographic_binding_methods_supported"))
                        .contains(configuration.string("format").equals("mso_mdoc") ? "cose_key" : "jwk");
                var types = configuration.object("proof_types_supported");
                var byDid = configuration.strings("cryptographic_binding_methods_supported").stream()
                        .anyMatch(method -> method.startsWith("did:"));
                assertThat(types.members().keySet())
                        .containsExactlyElementsOf(byDid ? List.of("jwt", "di_vp") : List.of("jwt"));
                assertThat(types.object("jwt").members()).containsOnlyKeys("proof_signing_alg_values_supported");
                assertThat(types.object("jwt").strings("proof_signing_alg_values_supported"))
                        .contains("ES256")
                        .doesNotContain("none");
            }
        }

        @Test
        @Requirement({"CI-META-19", "CI-META-29", "CI-META-30"})
        @DisplayName("has names and claims in credential_metadata, one name per locale, colours as numbers")
        void display() {
            for (var configuration : configurations()) {
                assertThat(configuration.members()).doesNotContainKeys("display", "claims", "order");
                var display = configuration.object("credential_metadata").objects("display");
                assertThat(display).isNotEmpty();
                assertThat(display).extracting(one -> one.string("locale")).doesNotHaveDuplicates();
                assertThat(display).allSatisfy(one -> {
                    assertThat(one.string("name")).isNotEmpty();
                    assertThat(one.string("background_color")).matches("#[0-9a-fA-F]{6}");
                    assertThat(one.string("text_color")).matches("#[0-9a-fA-F]{6}");
                });
            }
        }

        @Test
        @Requirement({"CI-CLM-1", "CI-CLM-6", "CI-META-32"})
        @DisplayName("describes its claims by path, in the order they are to be shown, mandatory ones as such")
        void claims() {
            for (var definition : issuer.credentialIssuer().definitions()) {
                var configuration =
                        configuration(definition.configurations().getFirst().id());
                var described = configuration.object("credential_metadata").objects("claims");
                assertThat(described).isNotEmpty().allSatisfy(claim -> {
                    assertThat(claim.optionalArray("path").orElseThrow()).isNotEmpty();
                    assertThat(claim.objects("display")).isNotEmpty();
                });
                assertThat(described).anyMatch(claim -> claim.flag("mandatory"));
                // A namespace, or credentialSubject, is around them.
                var inside = !configuration.string("format").equals("dc+sd-jwt");
                assertThat(described)
                        .extracting(claim -> claim.optionalArray("path").orElseThrow())
                        .<Object>extracting(path -> inside ? path.subList(1, path.size()) : path)
                        .containsExactlyElementsOf(definition.claims().descriptions().stream()
                                .<Object>map(description -> description.path().write())
                                .toList());
            }
        }

        private List<JsonObject> configurations() {
            var configurations = new ArrayList<JsonObject>();
            var supported = metadata(issuer).object("credential_configurations_supported");
            supported.members().keySet().forEach(id -> configurations.add(supported.object(id)));
            assertThat(supported.members().keySet())
                    .containsExactlyElementsOf(issuer.credentialIssuer().definitions().stream()
                            .flatMap(definition -> definition.configurations().stream())
                            .map(FormatConfiguration::id)
                            .toList())
                    .contains(TestIssuer.PID, TestIssuer.PID_MDOC, TestIssuer.MDL, TestIssuer.DIPLOMA);
            return configurations;
        }

        private JsonObject configuration(String id) {
            return metadata(issuer)
                    .object("credential_configurations_supported")
                    .object(id);
        }
    }

    private static JsonObject metadata(TestIssuer issuer) {
        return get(issuer, ADDRESS).bodyObject();
    }

    private static Response get(TestIssuer issuer, String address) {
        return issuer.handler().handle(Request.get(URI.create(address)));
    }
}
