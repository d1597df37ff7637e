package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.issuer.store.OutgoingEvent;
import dev.intaglio.issuer.webhook.WebhookDelivery;
import dev.intaglio.issuer.webhook.WebhookTarget;
import dev.intaglio.issuer.webhook.Webhooks;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.notification.NotificationRequest.Event;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.AdjustableClock;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.store.InMemoryStores;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Webhooks")
class WebhookFlowTest {
    /// Of the Standard Webhooks specification and of its reference libraries.
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final URI ADDRESS = URI.create("https://registry.example/hooks");

    private final AdjustableClock clock = AdjustableClock.at(TestIssuer.NOW);
    private final InMemoryStores stores = new InMemoryStores();
    private final List<WebhookTarget> targets = List.of(
            WebhookTarget.of("registry", ADDRESS, SECRET, Set.of()),
            WebhookTarget.of("counter", URI.create("https://counter.example/"), SECRET, Set.of("credential.notified")));
    private final List<Request> received = new ArrayList<>();
    private final Deque<Handler> answers = new ArrayDeque<>();
    private final WebhookDelivery delivery =
            new WebhookDelivery(targets, stores.outgoingEvents(), this::receive, clock);

    private Response receive(Request request) {
        received.add(request);
        return answers.isEmpty() ? Response.status(204) : answers.poll().handle(request);
    }

    private void put(String id, String target, String body) {
        stores.outgoingEvents()
                .add(new OutgoingEvent(id, target, body, 0, clock.instant().plus(Duration.ofDays(3))), clock.instant());
    }

    @Test
    @DisplayName("are signed as the Standard Webhooks specification's example is")
    void knownAnswer() {
        clock.set(Instant.ofEpochSecond(1_614_265_330));
        put("msg_p5jXN8AQM9LWM0D4loKWxJek", "registry", "{\"test\": 2432232314}");
        assertThat(delivery.deliver()).isOne();
        assertThat(received).singleElement().satisfies(request -> {
            assertThat(request.uri()).isEqualTo(ADDRESS);
            assertThat(request.header("webhook-id")).contains("msg_p5jXN8AQM9LWM0D4loKWxJek");
            assertThat(request.header("webhook-timestamp")).contains("1614265330");
            assertThat(request.header("webhook-signature")).contains("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
            assertThat(new String(request.body(), StandardCharsets.UTF_8)).isEqualTo("{\"test\": 2432232314}");
        });
    }

    @Test
    @DisplayName("are sent again under the same id, after longer and longer pauses, until they are heard")
    void retried() {
        answers.add(request -> Response.status(503));
        answers.add(request -> {
            throw new UncheckedIOException(new ConnectException("refused"));
        });
        put("msg_1", "registry", "{}");
        assertThat(delivery.deliver()).isOne();
        clock.advance(Duration.ofMillis(4_999));
        assertThat(delivery.deliver()).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(delivery.deliver()).isOne();
        clock.advance(Duration.ofMillis(9_999));
        assertThat(delivery.deliver()).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(delivery.deliver()).isOne();
        clock.advance(Duration.ofDays(1));
        assertThat(delivery.deliver()).isZero();
        assertThat(received)
                .hasSize(3)
                .allMatch(request ->
                        request.header("webhook-id").equals(received.getFirst().header("webhook-id")));
    }

    @Test
    @DisplayName("are given up after three days")
    void givenUp() {
        for (int i = 0; i < 100; i++) {
            answers.add(request -> Response.status(500));
        }
        put("msg_1", "registry", "{}");
        for (int hour = 0; hour < 24 * 5; hour++) {
            delivery.deliver();
            clock.advance(Duration.ofHours(1));
        }
        // Doubling from five seconds, asked each hour: some while the pause is short, then one in six hours.
        assertThat(received).hasSizeBetween(12, 30);
        answers.clear();
        assertThat(delivery.deliver()).isZero();
    }

    @Test
    @Requirement("CI-PRIV-3")
    @DisplayName("tell of deferral, issuance and notification whoever wants to know, without claims and subjects")
    void whatIsTold() {
        var lookup = new ArrayDeque<>(List.of(false));
        var sample = TestIssuer.sampleDatasets();
        var issuer = TestIssuer.builder()
                .datasets(entitlement ->
                        lookup.poll() == null ? sample.find(entitlement) : Lookup.pending(Duration.ofSeconds(5)))
                .credentialIssuerOptions(options ->
                        options.listener(new Webhooks(targets, stores.outgoingEvents(), clock, new SecureRandom())))
                .build();
        var wallet = issuer.wallet();
        var token = wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token();
        var transaction =
                wallet.request(token, TestIssuer.PID).send().bodyObject().string("transaction_id");
        var notificationId = wallet.askAgain(token, transaction).bodyObject().string("notification_id");
        wallet.tell(token, notificationId, Event.CREDENTIAL_ACCEPTED);

        delivery.deliver();

        var toRegistry = received.stream()
                .filter(request -> request.uri().equals(ADDRESS))
                .map(request -> Json.readObject(request.body()))
                .toList();
        assertThat(toRegistry)
                .extracting(body -> body.string("type"))
                .containsExactly("credential.deferred", "credential.issued", "credential.notified");
        assertThat(toRegistry.get(1).object("data").string("issuance_id")).isEqualTo(notificationId);
        assertThat(toRegistry.get(2).object("data").string("event")).isEqualTo("credential_accepted");
        assertThat(received.stream().filter(request -> !request.uri().equals(ADDRESS)))
                .hasSize(1);
        assertThat(received)
                .allSatisfy(request -> assertThat(new String(request.body(), StandardCharsets.UTF_8))
                        .doesNotContain(TestIssuer.ERIKA)
                        .doesNotContain("Mustermann")
                        .doesNotContain(transaction)
                        .doesNotContain(token.accessToken()));
    }

    @Test
    @DisplayName("of targets nobody has any more are dropped")
    void unknownTarget() {
        put("msg_1", "gone", "{}");
        delivery.deliver();
        clock.advance(Duration.ofHours(1));
        assertThat(delivery.deliver()).isZero();
        assertThat(received).isEmpty();
    }

    @Test
    @DisplayName("need https, a good secret, and events there are")
    void configuration() {
        for (var wrong : List.<Runnable>of(
                () -> WebhookTarget.of("x", URI.create("http://registry.example/"), SECRET, Set.of()),
                () -> WebhookTarget.of("x", ADDRESS, "whsec_c2hvcnQ=", Set.of()),
                () -> WebhookTarget.of("x", ADDRESS, "secret", Set.of()),
                () -> WebhookTarget.of("x", ADDRESS, SECRET, Set.of("credential.issue")))) {
            assertThatThrownBy(wrong::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("x");
        }
        assertThat(targets.getFirst().toString()).doesNotContain("MfKQ");
    }
}
