package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.ratelimit.RateLimiter;
import dev.intaglio.protocol.ratelimit.RateLimits;
import dev.intaglio.protocol.ratelimit.TokenBuckets;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.AdjustableClock;
import dev.intaglio.testing.TestIssuer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Rate limits of both servers together")
class RateLimitsFlowTest {
    private static final RateLimiter NONE = RateLimiter.none();

    private final AdjustableClock clock = AdjustableClock.at(TestIssuer.NOW);

    private RateLimiter aMinute(int requests) {
        return new TokenBuckets(requests, Duration.ofMinutes(1), clock);
    }

    private TestIssuer issuer(RateLimits limits) {
        var flow = CodeFlowWallet.settings().withRefreshTokens(Duration.ofDays(1));
        return TestIssuer.builder()
                .clock(clock)
                .dpopNonces(false)
                .authorizationServerOptions(server -> server.registeredClients(CodeFlowWallet.clients())
                        .authorizationCode(flow)
                        .rateLimits(limits))
                .credentialIssuerOptions(options -> options.rateLimits(limits))
                .build();
    }

    private static Request from(String address, Request request) {
        return new Request(request.method(), request.uri(), request.headers(), request.body(), Optional.of(address));
    }

    private static void assertTooMany(Response response, String seconds) {
        assertRefused(response, 429, "temporarily_unavailable");
        assertThat(response.header("Retry-After")).contains(seconds);
    }

    @ParameterizedTest
    @Requirement("AS-PAR-6")
    @ValueSource(strings = {"/token", "/par", "/nonce", "/credential", "/deferred_credential", "/notification"})
    @DisplayName("an address that asks too often is told so in the standard's own envelope, wherever it asks")
    void everyEndpoint(String path) {
        var issuer = issuer(new RateLimits(NONE, NONE, aMinute(2)));
        var request = Request.post(issuer.identifier().resolve(path), JsonObject.empty());
        for (int i = 0; i < 2; i++) {
            assertThat(issuer.handler().handle(from("192.0.2.1", request)).status())
                    .isNotEqualTo(429);
        }
        assertTooMany(issuer.handler().handle(from("192.0.2.1", request)), "30");
        assertThat(issuer.handler().handle(from("192.0.2.2", request)).status()).isNotEqualTo(429);
        clock.advance(Duration.ofSeconds(30));
        assertThat(issuer.handler().handle(from("192.0.2.1", request)).status()).isNotEqualTo(429);
    }

    @ParameterizedTest
    @DisplayName("an address is that of a subscriber; those of private networks are proxies' and never counted")
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "127.0.0.1, 127.0.0.1, false",
        "::1, 0:0:0:0:0:0:0:1, false",
        "10.1.2.3, 10.1.2.3, false",
        "192.168.0.1, 192.168.0.1, false",
        "fe80::1%eth0, fe80::1%eth0, false",
        "fd00::1, fd00::1, false",
        "::ffff:192.0.2.1, 192.0.2.1, true",
        "not.an.address, not.an.address, true",
    })
    void addresses(String first, String second, boolean together) {
        var issuer = issuer(new RateLimits(NONE, NONE, aMinute(1)));
        var request = Request.post(issuer.identifier().resolve("/nonce"));
        issuer.handler().handle(from(first, request));
        assertThat(issuer.handler().handle(from(second, request)).status()).isEqualTo(together ? 429 : 200);
    }

    @ParameterizedTest
    @DisplayName("one code or refresh token is shown only so often, whoever shows it")
    @ValueSource(strings = {"pre-authorized_code", "code", "refresh_token"})
    void redeeming(String parameter) {
        var issuer = issuer(new RateLimits(aMinute(3), NONE, NONE));
        var grant = parameter.equals("pre-authorized_code")
                ? "urn:ietf:params:oauth:grant-type:pre-authorized_code"
                : parameter.equals("code") ? "authorization_code" : parameter;
        for (int i = 0; i < 3; i++) {
            assertRefused(show(issuer, grant, parameter, "guess", "203.0.113." + i), 400, "invalid_grant");
        }
        assertTooMany(show(issuer, grant, parameter, "guess", "203.0.113.9"), "20");
        assertRefused(show(issuer, grant, parameter, "another", "203.0.113.9"), 400, "invalid_grant");
    }

    private static Response show(TestIssuer issuer, String grant, String parameter, String value, String address) {
        var form = Form.empty()
                .with("grant_type", grant)
                .with(parameter, value)
                .with("client_id", CodeFlowWallet.ID)
                .with("redirect_uri", CodeFlowWallet.REDIRECT)
                .with("code_verifier", CodeFlowWallet.VERIFIER);
        return issuer.handler()
                .handle(from(address, Request.post(issuer.identifier().resolve("/token"), form)));
    }

    @Test
    @DisplayName("nobody uses up the limit of a public client by saying its name from elsewhere")
    void borrowedName() {
        var issuer = issuer(new RateLimits(NONE, aMinute(2), NONE));
        var pushed = Request.post(
                issuer.identifier().resolve("/par"), CodeFlowWallet.at(issuer).asking());
        for (int i = 0; i < 2; i++) {
            assertThat(issuer.handler().handle(from("192.0.2.66", pushed)).status())
                    .isEqualTo(201);
        }
        assertTooMany(issuer.handler().handle(from("192.0.2.66", pushed)), "30");
        assertThat(issuer.handler().handle(from("192.0.2.1", pushed)).status()).isEqualTo(201);
    }

    @Test
    @DisplayName("the defaults let a wallet take the largest batch and then ask every second for what is deferred")
    void ordinaryWallet() {
        var limits = new RateLimits(aMinute(600), NONE, aMinute(6000));
        var issuer = TestIssuer.builder()
                .clock(clock)
                .dpopNonces(false)
                .datasets(entitlement -> entitlement.configuration().id().equals(TestIssuer.PID)
                        ? TestIssuer.sampleDatasets().find(entitlement)
                        : Lookup.pending(Duration.ofSeconds(1)))
                .authorizationServerOptions(server -> server.rateLimits(limits))
                .credentialIssuerOptions(options -> options.rateLimits(limits))
                .build();
        var wallet = issuer.wallet();
        var token = wallet.redeem(
                        issuer.offer(TestIssuer.PID, TestIssuer.DIPLOMA).offer())
                .token();
        for (int i = 0; i < 20; i++) {
            assertThat(wallet.request(token, TestIssuer.PID)
                            .proofs(wallet.keyProofs(10))
                            .credentials())
                    .hasSize(10);
        }
        var transaction =
                wallet.request(token, TestIssuer.DIPLOMA).send().bodyObject().string("transaction_id");
        for (int second = 0; second < 240; second++) {
            clock.advance(Duration.ofSeconds(1));
            assertThat(wallet.askAgain(token, transaction).status()).isEqualTo(202);
        }
    }

    @Test
    @DisplayName("the memory for names is bounded: whoever has not asked for longest is forgotten")
    void bounded() {
        var buckets = aMinute(1);
        assertThat(List.of(buckets.take("first"), buckets.take("second"))).containsOnly(Optional.empty());
        for (int i = 0; i < 99_999; i++) {
            buckets.take("stranger " + i);
        }
        assertThat(buckets.take("second")).isPresent();
        assertThat(buckets.take("first")).as("forgotten").isEmpty();
    }
}
