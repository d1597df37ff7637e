package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.BrowserFlow.begin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.AuthorizationStart;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import dev.intaglio.wallet.WalletException;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The wallet believes no answer but that to its own request")
class WalletDistrustTest {
    private final BrowserFlow flow = BrowserFlow.create();

    private Wallet wallet() {
        return flow.named().build();
    }

    /// The callback is refused, and nobody is told anything.
    private void assertStopped(AuthorizationStart.Ready start, String callback, String message) {
        var before = flow.count();
        assertThatThrownBy(() -> wallet().complete(start.pending(), URI.create(callback)))
                .isInstanceOf(WalletException.class)
                .hasMessageContaining(message);
        assertThat(flow.count()).isEqualTo(before);
    }

    private static String without(URI callback, String parameter) {
        return callback.toString().replaceFirst("&" + parameter + "=[^&]*", "");
    }

    private static String with(URI callback, String parameter, String value) {
        return without(callback, parameter) + "&" + parameter + "=" + value;
    }

    @Nested
    @DisplayName("RFC 9207: iss")
    class Issuer {
        @ParameterizedTest
        @Requirement({"W-AUTHZ-6", "HAIP-W-10"})
        @DisplayName("another server's is refused, compared as a string")
        @ValueSource(strings = {"https://evil.example", "https://issuer.example/", "https://ISSUER.example", "x"})
        void wrong(String iss) {
            var start = begin(wallet(), flow.offer(TestIssuer.PID));
            assertStopped(start, with(flow.browse(start.address()), "iss", iss), "another server");
        }

        @Test
        @Requirement({"W-AUTHZ-6", "HAIP-W-10"})
        @DisplayName("none is refused where the metadata says there is always one")
        void missing() {
            var start = begin(wallet(), flow.offer(TestIssuer.PID));
            var callback = flow.browse(start.address());
            assertStopped(start, without(callback, "iss"), "no iss");
            assertStopped(start, with(callback, "iss", ""), "no iss");
        }

        @Test
        @Requirement("W-AUTHZ-6")
        @DisplayName("an error of another server is not believed either")
        void wrongInError() {
            var start = begin(wallet(), flow.offer(TestIssuer.PID));
            var state = start.pending().state();
            assertStopped(
                    start,
                    BrowserFlow.REDIRECT + "&error=access_denied&iss=https://evil.example&state=" + state,
                    "another server");
            assertStopped(start, BrowserFlow.REDIRECT + "&error=access_denied&state=" + state, "no iss");
        }

        @Test
        @Requirement("W-AUTHZ-6")
        @DisplayName("a server that does not announce it may leave it out, unless HAIP is asked for")
        void unannounced() {
            flow.changingMetadata(metadata -> metadata.without("authorization_response_iss_parameter_supported"));
            var start = begin(wallet(), flow.offer(TestIssuer.PID));
            var callback = flow.browse(start.address());
            assertStopped(start, with(callback, "iss", "https://evil.example"), "another server");
            assertThat(wallet().complete(start.pending(), URI.create(without(callback, "iss"))))
                    .isInstanceOf(Outcome.Received.class);
        }
    }

    @Nested
    @DisplayName("RFC 6749: state")
    class State {
        @Test
        @Requirement("W-AUTHZ-7")
        @DisplayName("none, another or that of another request is refused")
        void wrong() {
            var start = begin(wallet(), flow.offer(TestIssuer.PID));
            var other = begin(wallet(), flow.offer(TestIssuer.PID));
            var callback = flow.browse(start.address());
            assertStopped(start, without(callback, "state"), "no state");
            assertStopped(start, with(callback, "state", "guessed"), "state of another");
            assertStopped(start, flow.browse(other.address()).toString(), "state of another");
        }

        @ParameterizedTest
        @Requirement("W-AUTHZ-7")
        @DisplayName("so is what is no authorization response, or came to another address")
        @CsvSource({
            "com.example.wallet:/callback, no authorization response",
            "com.example.wallet:/callback?code=, no authorization response",
            "com.example.wallet:/callback?code=a&error=b, no authorization response",
            "com.example.wallet:/callback?code=a&code=b, no authorization response",
            "com.example.wallet:/other?code=a, another address",
            "https://wallet.example/callback?code=a, another address"
        })
        void malformed(String callback, String message) {
            assertStopped(begin(wallet(), flow.offer(TestIssuer.PID)), callback, message);
        }
    }

    @Test
    @Requirement({"W-AUTHZ-8", "HAIP-W-10"})
    @DisplayName("a code of somebody else's session, put into the callback, is of no use: its verifier is missing")
    void codeInjection() {
        var attacker = begin(wallet(), flow.offer(TestIssuer.PID));
        var stolen = Form.read(flow.browse(attacker.address()).getRawQuery())
                .value("code")
                .orElseThrow();
        var victim = begin(wallet(), flow.offer(TestIssuer.PID));

        var outcome =
                wallet().complete(victim.pending(), URI.create(with(flow.browse(victim.address()), "code", stolen)));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo("invalid_grant"));
        assertThat(flow.requests("/credential")).isEmpty();
    }

    @Nested
    @DisplayName("metadata")
    class ServerMetadata {
        private void assertRefused(UnaryOperator<JsonObject> change, String message) {
            flow.changingMetadata(change);
            assertThatThrownBy(() -> begin(wallet(), flow.offer(TestIssuer.PID)))
                    .isInstanceOf(WalletException.class)
                    .hasMessageContaining(message);
            assertThat(flow.requests("/par")).isEmpty();
        }

        @Test
        @Requirement({"W-META-6", "W-META-11"})
        @DisplayName("of another server, or with endpoints that are not https, is not used")
        void mixedUp() {
            assertRefused(metadata -> metadata.with("issuer", "https://evil.example"), "issuer");
            assertRefused(metadata -> metadata.with("token_endpoint", "http://issuer.example/token"), "https");
            assertRefused(
                    metadata -> metadata.with("pushed_authorization_request_endpoint", "http://issuer.example/par"),
                    "https");
        }

        @Test
        @Requirement("W-AUTHZ-8")
        @DisplayName("without S256 among the methods of PKCE there is no request")
        void withoutPkce() {
            assertRefused(metadata -> metadata.with("code_challenge_methods_supported", List.of("plain")), "PKCE");
        }

        @Test
        @Requirement("W-AUTHZ-4")
        @DisplayName("that demands pushed requests and has nowhere to push them ends it")
        void nowhereToPush() {
            assertRefused(
                    metadata -> metadata.without("pushed_authorization_request_endpoint")
                            .with("require_pushed_authorization_requests", true),
                    "pushed");
        }

        @Test
        @Requirement("W-META-6")
        @DisplayName("that names another authorization server when the browser is back ends it before the code is sent")
        void changedMeanwhile() {
            var start = begin(wallet(), flow.offer(TestIssuer.PID));
            var callback = flow.browse(start.address());
            flow.changing(exchange -> exchange.request().uri().getPath().contains("openid-credential-issuer")
                    ? exchange.answered(Response.json(
                            200,
                            exchange.response()
                                    .bodyObject()
                                    .with("authorization_servers", List.of("https://evil.example"))))
                    : exchange);
            assertThatThrownBy(() -> wallet().complete(start.pending(), callback))
                    .isInstanceOf(WalletException.class);
            assertThat(flow.requests("/token")).isEmpty();
        }
    }

    @ParameterizedTest
    @Requirement("W-TOKEN-9")
    @DisplayName("a token of a type that is unknown, or bound to a key it never showed, is not used")
    @ValueSource(strings = {"mac", "N_A"})
    void tokenTypes(String type) {
        flow.changing(exchange -> exchange.at("/token") && exchange.response().successful()
                ? exchange.answered(
                        Response.json(200, exchange.response().bodyObject().with("token_type", type)))
                : exchange);
        assertThatThrownBy(() -> flow.receive(wallet(), flow.offer(TestIssuer.PID)))
                .isInstanceOf(WalletException.class);
        assertThat(flow.requests("/credential")).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("a redirect URI that others could read is not used")
    @ValueSource(strings = {"http://wallet.example/cb", "https://wallet.example/cb#part", "/callback"})
    void redirectUris(String uri) {
        var wallet = wallet();
        var offer = wallet.resolve(flow.offer(TestIssuer.PID));
        assertThatThrownBy(() -> wallet.begin(offer, URI.create(uri))).isInstanceOf(IllegalArgumentException.class);
        assertThat(flow.requests("/par")).isEmpty();
    }

    @Test
    @Requirement("W-DPOP-2")
    @DisplayName("a server that is never content is not asked for ever")
    void neverContent() {
        flow.changing(exchange -> exchange.at("/par")
                ? exchange.answered(Response.json(
                                400,
                                JsonObject.builder()
                                        .put("error", "use_dpop_nonce")
                                        .build())
                        .with("DPoP-Nonce", "again"))
                : exchange);
        var wallet = wallet();
        assertThat(wallet.begin(wallet.resolve(flow.offer(TestIssuer.PID)), BrowserFlow.REDIRECT))
                .isInstanceOf(AuthorizationStart.Refused.class);
        assertThat(flow.requests("/par")).hasSize(2);
    }
}
