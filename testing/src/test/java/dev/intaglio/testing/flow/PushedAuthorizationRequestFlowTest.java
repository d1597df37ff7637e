package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.CodeFlowWallet.STATE;
import static dev.intaglio.testing.flow.CodeFlowWallet.answer;
import static dev.intaglio.testing.flow.CodeFlowWallet.code;
import static dev.intaglio.testing.flow.CodeFlowWallet.failure;
import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.authorization.CodeFlow;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 9126 pushed authorization requests")
class PushedAuthorizationRequestFlowTest {
    private final TestIssuer issuer = CodeFlowWallet.anyIssuer();
    private final CodeFlowWallet wallet = CodeFlowWallet.at(issuer);

    @Test
    @Requirement({"AS-PAR-4", "AS-PAR-5", "AS-PAR-10", "HAIP-AS-8"})
    @DisplayName("are answered by 201 with an unguessable reference and its lifetime, not to be cached")
    void created() {
        var response = wallet.push(wallet.asking());
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.mediaType()).isEqualTo("application/json");
        assertThat(response.header("Cache-Control")).contains("no-cache, no-store");
        assertThat(response.bodyObject().members()).containsOnlyKeys("request_uri", "expires_in");
        assertThat(response.bodyObject().integer("expires_in")).isEqualTo(90);
        assertThat(response.bodyObject().string("request_uri"))
                .matches("urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43}");
    }

    @Test
    @Requirement("AS-PAR-5")
    @DisplayName("can be opened by the client that pushed them, until they expire")
    void lifetime() {
        var requestUri = wallet.requestUri(wallet.asking());
        var other = wallet.named(CodeFlowWallet.OTHER);
        assertRefused(other.open(requestUri), 400, "invalid_request_uri");
        assertRefused(wallet.open("urn:ietf:params:oauth:request_uri:guess"), 400, "invalid_request_uri");
        issuer.clock().advance(Duration.ofSeconds(90));
        var tooLate = failure(wallet.open(requestUri));
        assertThat(tooLate.error()).isEqualTo("invalid_request_uri");
        assertThat(tooLate.state()).contains(STATE);
        assertRefused(other.open(requestUri), 400, "invalid_request_uri");
    }

    @Test
    @Requirement("AS-PAR-5")
    @DisplayName("are good for one code")
    void once() {
        var requestUri = wallet.requestUri(wallet.asking());
        assertThat(code(wallet.open(requestUri))).isNotEmpty();
        assertThat(failure(wallet.open(requestUri)).error()).isEqualTo("invalid_request_uri");
        issuer.clock().advance(Duration.ofMinutes(30));
        assertRefused(wallet.open(requestUri), 400, "invalid_request_uri");
    }

    @Test
    @Requirement("AS-PAR-3")
    @DisplayName("say it all: what stands beside the reference in the query does not count")
    void queryIsIgnored() {
        var query = wallet.asking()
                .with("request_uri", wallet.requestUri(wallet.asking()))
                .with("state", "another")
                .with("redirect_uri", "https://evil.example");
        assertThat(answer(wallet.authorize(query)).state()).contains(STATE);
    }

    @Test
    @Requirement({"AS-PAR-2", "AS-PAR-1", "AS-PAR-6"})
    @DisplayName("are forms of a sensible size without request_uri, sent by POST")
    void shape() {
        assertRefused(wallet.push(wallet.asking().with("request_uri", "urn:x")), 400, "invalid_request");
        assertRefused(wallet.push(wallet.asking().with("scope", "x".repeat(65 * 1024))), 413, "invalid_request");
        var address = issuer.identifier().resolve("/par");
        var json = Request.post(address, JsonObject.empty());
        assertRefused(issuer.handler().handle(json), 400, "invalid_request");
        assertThat(issuer.handler().handle(Request.get(address)).status()).isEqualTo(405);
    }

    @Test
    @Requirement({"AS-PAR-7", "AS-META-7", "HAIP-AS-7"})
    @DisplayName("are the only ones, where the metadata says so")
    void required() {
        var strict = CodeFlowWallet.at(CodeFlowWallet.issuer(CodeFlow::withPushedOnly, UnaryOperator.identity()));
        assertThat(failure(strict.authorize(strict.asking())).error()).isEqualTo("invalid_request");
        assertThat(strict.code()).isNotEmpty();
        assertThat(strict.issuer().authorizationServer().metadata().requirePushedAuthorizationRequests())
                .isTrue();
    }
}
