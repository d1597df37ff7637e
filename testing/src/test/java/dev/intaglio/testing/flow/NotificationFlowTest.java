package dev.intaglio.testing.flow;

import static dev.intaglio.testing.TestIssuer.PID;
import static dev.intaglio.testing.flow.Refusals.assertChallenged;
import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.store.Notification;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.notification.NotificationRequest.Event;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("§11 Notification Endpoint")
class NotificationFlowTest {
    private final List<Notification> heard = new ArrayList<>();
    private final TestIssuer issuer = TestIssuer.builder()
            .credentialIssuerOptions(options -> options.listener(new IssuanceListener() {
                @Override
                public void notified(Notification notification) {
                    heard.add(notification);
                    throw new IllegalStateException("a listener that fails changes nothing");
                }
            }))
            .build();
    private final TestWallet wallet = issuer.wallet();
    private final TokenResponse token = wallet.redeem(issuer.offer(PID).offer()).token();
    private final String id = received();

    private String received() {
        var response = wallet.request(token, PID).proofs(wallet.keyProofs(2)).send();
        assertThat(response.status()).isEqualTo(200);
        return response.bodyObject().string("notification_id");
    }

    private static void assertHeard(Response response) {
        assertThat(response.status()).as(response.bodyText()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }

    @Test
    @Requirement({"CI-RESP-4", "CI-NOTIF-1"})
    @DisplayName("has one notification_id for all credentials of a response, and another for the next response")
    void onePerResponse() {
        assertThat(received()).isNotEqualTo(id);
        assertThat(wallet.issuerMetadata().notificationEndpoint()).isPresent();
    }

    @Test
    @Requirement({"AS-TOKEN-19", "CI-NOTIF-2", "CI-NOTIF-3", "CI-NOTIF-5"})
    @DisplayName("takes every event of the standard, and answers 204")
    void allEvents() {
        for (var event : Event.values()) {
            assertHeard(wallet.tell(token, id, event));
        }
        assertThat(heard).extracting(Notification::event).containsExactly(Event.values());
        assertThat(heard).allSatisfy(told -> {
            assertThat(told.issuanceId()).isEqualTo(id);
            assertThat(told.configurationId()).isEqualTo(PID);
            assertThat(told.receivedAt()).isEqualTo(TestIssuer.NOW);
        });
        assertThat(issuer.stores().notifications().latest(9)).hasSize(3);
    }

    @Test
    @Requirement("CI-NOTIF-4")
    @DisplayName("answers the same call the same way, and tells its listeners once")
    void idempotent() {
        for (int again = 0; again < 3; again++) {
            assertHeard(wallet.tell(token, id, Event.CREDENTIAL_ACCEPTED));
        }
        assertThat(heard).hasSize(1);
    }

    @Test
    @Requirement("CI-NOTIF-2")
    @DisplayName("ignores members nobody knows, and keeps the description short")
    void lenient() {
        var body = JsonObject.builder()
                .put("notification_id", id)
                .put("event", "credential_failure")
                .put("event_description", "x".repeat(10_000))
                .put("credential", "unknown")
                .build();
        assertHeard(wallet.tell(token, body));
        assertThat(heard.getFirst().description().orElseThrow()).hasSize(500);
    }

    @Test
    @Requirement("CI-NOTIF-7")
    @DisplayName("refuses an id that was not issued, or to another wallet, as invalid_notification_id")
    void unknownId() {
        assertRefused(wallet.tell(token, "3fwe98js", Event.CREDENTIAL_ACCEPTED), 400, "invalid_notification_id");
        var other = wallet.redeem(issuer.offer(PID).offer()).token();
        assertRefused(wallet.tell(other, id, Event.CREDENTIAL_DELETED), 400, "invalid_notification_id");
        assertThat(heard).isEmpty();
        assertHeard(wallet.tell(token, id, Event.CREDENTIAL_ACCEPTED));
    }

    @Test
    @Requirement({"CI-NOTIF-2", "CI-NOTIF-7"})
    @DisplayName(
            "refuses what is malformed, and events it does not know by their exact name, as invalid_notification_request")
    void malformed() {
        var endpoint = wallet.issuerMetadata().notificationEndpoint().orElseThrow();
        var good = JsonObject.builder()
                .put("notification_id", id)
                .put("event", "credential_accepted")
                .build();
        var request = Request.post(endpoint, good);
        for (var bad : List.of(
                Request.post(endpoint, good.without("event")),
                Request.post(endpoint, good.without("notification_id")),
                Request.post(endpoint, good.with("event", "Credential_Accepted")),
                Request.post(endpoint, good.with("event", 1)),
                request.withBody("application/x-www-form-urlencoded", good.bytes()),
                request.withBody("application/json", "nothing".getBytes(StandardCharsets.UTF_8)))) {
            assertRefused(wallet.send(token, bad), 400, "invalid_notification_request");
        }
        assertThat(heard).isEmpty();
        assertHeard(wallet.send(token, request));
    }

    @Test
    @Requirement("CI-NOTIF-6")
    @DisplayName("needs an access token, and says so as RFC 6750 does")
    void needsToken() {
        var request = Request.post(
                wallet.issuerMetadata().notificationEndpoint().orElseThrow(),
                JsonObject.builder()
                        .put("notification_id", id)
                        .put("event", "credential_accepted")
                        .build());
        var none = wallet.send(request);
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.header("WWW-Authenticate")).isPresent();
        assertChallenged(wallet.send(request.with("Authorization", "Bearer x")), 401, "Bearer", "invalid_token");
        assertThat(heard).isEmpty();
    }

    @Test
    @Requirement("CI-NOTIF-8")
    @DisplayName("is not waited for: whoever never told gets the next credentials all the same")
    void neverTold() {
        assertThat(received()).isNotBlank();
        assertThat(issuer.stores().issued()).hasSize(2);
        assertThat(issuer.stores().notifications().latest(1)).isEmpty();
    }
}
