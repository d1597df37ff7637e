package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.authorization.token.DpopPolicy;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 8414, §12.3 Authorization Server Metadata")
class AuthorizationServerMetadataFlowTest {
    @ParameterizedTest
    @Requirement({"AS-META-1", "AS-META-2"})
    @DisplayName("is JSON at the well-known address, inserted after the host, and repeats the issuer exactly")
    @CsvSource({
        "https://login.example, https://login.example/.well-known/oauth-authorization-server",
        "https://login.example/, https://login.example/.well-known/oauth-authorization-server",
        "https://login.example/as/1, https://login.example/.well-known/oauth-authorization-server/as/1",
        "https://login.example/as/1/, https://login.example/.well-known/oauth-authorization-server/as/1"
    })
    void wellKnownAddress(String identifier, String address) {
        var response = get(
                TestIssuer.builder().authorizationServer(URI.create(identifier)).build(), address);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).contains("application/json");
        assertThat(response.bodyObject().string("issuer")).isEqualTo(identifier);
        assertThat(response.bodyObject().string("token_endpoint"))
                .startsWith("https://login.example/")
                .endsWith("/token")
                .doesNotContain("//token");
    }

    @ParameterizedTest
    @Requirement("AS-META-2")
    @DisplayName("the issuer is an https URL without query and fragment")
    @ValueSource(strings = {"http://login.example", "https://login.example?x=1", "https://login.example#x"})
    void refusesOtherIdentifiers(String identifier) {
        assertThatThrownBy(() -> TestIssuer.builder()
                        .authorizationServer(URI.create(identifier))
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Requirement({"AS-META-3", "AS-META-4", "AS-META-16"})
    @DisplayName("lists the pre-authorized code grant, has a token endpoint, and leaves out what it has none of")
    void grants() {
        var metadata = metadata(TestIssuer.create());
        assertThat(metadata.string("token_endpoint")).isEqualTo("https://issuer.example/token");
        assertThat(metadata.strings("grant_types_supported")).containsExactly(Grant.PRE_AUTHORIZED_CODE);
        assertThat(metadata.members())
                .doesNotContainKeys("authorization_endpoint", "response_types_supported", "scopes_supported");
        assertThat(metadata.members().values()).noneMatch(value -> value instanceof List<?> list && list.isEmpty());
    }

    @Test
    @Requirement({"AS-META-5", "AS-META-11", "AS-META-14"})
    @DisplayName("says whether anonymous clients are served, and that clients need not authenticate")
    void clients() {
        assertThat(metadata(TestIssuer.create()).flag("pre-authorized_grant_anonymous_access_supported"))
                .isTrue();
        assertThat(metadata(TestIssuer.create()).strings("token_endpoint_auth_methods_supported"))
                .containsExactly("none");
        var named = metadata(TestIssuer.builder().anonymousAccess(false).build());
        assertThat(named.flag("pre-authorized_grant_anonymous_access_supported"))
                .isFalse();
    }

    @Test
    @Requirement({"AS-META-6", "CI-META-22"})
    @DisplayName("says that openid_credential authorization details are understood")
    void authorizationDetails() {
        assertThat(metadata(TestIssuer.create()).strings("authorization_details_types_supported"))
                .containsExactly("openid_credential");
    }

    @Test
    @Requirement("AS-META-10")
    @DisplayName("lists algorithms of DPoP proofs while DPoP is done")
    void dpop() {
        assertThat(metadata(TestIssuer.create()).strings("dpop_signing_alg_values_supported"))
                .contains("ES256")
                .doesNotContain("none");
        var without = TestIssuer.builder()
                .authorizationServerOptions(server -> server.dpop(DpopPolicy.OFF))
                .build();
        assertThat(metadata(without).has("dpop_signing_alg_values_supported")).isFalse();
    }

    @Test
    @DisplayName("names the keys of access tokens, public ones only")
    void jwks() {
        var issuer = TestIssuer.create();
        var keys = get(issuer, metadata(issuer).string("jwks_uri")).bodyObject().objects("keys");
        assertThat(keys).singleElement().satisfies(key -> {
            assertThat(key.string("kid")).isNotEmpty();
            assertThat(key.members()).doesNotContainKey("d");
        });
    }

    private static JsonObject metadata(TestIssuer issuer) {
        return get(issuer, "https://issuer.example/.well-known/oauth-authorization-server")
                .bodyObject();
    }

    private static Response get(TestIssuer issuer, String address) {
        return issuer.handler().handle(Request.get(URI.create(address)));
    }
}
