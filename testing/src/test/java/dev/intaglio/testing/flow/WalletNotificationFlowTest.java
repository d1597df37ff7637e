package dev.intaglio.testing.flow;

import static dev.intaglio.testing.TestIssuer.DIPLOMA;
import static dev.intaglio.testing.TestIssuer.EMPLOYEE;
import static dev.intaglio.testing.TestIssuer.PID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.store.Notification;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.notification.NotificationRequest.Event;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.Notifiable;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("§11 The wallet tells what became of its credentials")
class WalletNotificationFlowTest {
    private final List<Notification> heard = new ArrayList<>();
    private final List<Request> told = new ArrayList<>();
    private final TestIssuer issuer = TestIssuer.builder()
            .credentialIssuerOptions(options -> options.listener(new IssuanceListener() {
                @Override
                public void notified(Notification notification) {
                    heard.add(notification);
                }
            }))
            .build();

    private Wallet.Builder wallet(TrustAnchors anchors) {
        Handler network = request -> {
            if (request.uri().getPath().equals("/notification")) {
                told.add(request);
            }
            return issuer.handler().handle(request);
        };
        return Wallet.builder(network, anchors).clock(issuer.clock());
    }

    private Outcome receive(Wallet wallet, String... ids) {
        return wallet.receive(wallet.resolve(issuer.offer(ids).linkByValue()), Optional.empty());
    }

    @Test
    @Requirement({"W-NOTIF-1", "W-NOTIF-2"})
    @DisplayName("for each response once it was kept, and again when the user deletes it, with the token it came by")
    void tells() {
        var wallet = wallet(issuer.anchors()).build();
        var received = (Outcome.Received) receive(wallet, PID, DIPLOMA, EMPLOYEE);
        assertThat(received.notifiable())
                .extracting(Notifiable::configurationId)
                .containsExactly(PID, DIPLOMA, EMPLOYEE);
        for (var one : received.notifiable()) {
            assertThat(wallet.tell(one, Event.CREDENTIAL_ACCEPTED, Optional.empty()))
                    .isEmpty();
        }
        var last = received.notifiable().getLast();
        assertThat(wallet.tell(last, Event.CREDENTIAL_DELETED, Optional.of("by the user")))
                .isEmpty();

        assertThat(heard)
                .extracting(notification -> notification.event().value())
                .containsExactly(
                        "credential_accepted", "credential_accepted", "credential_accepted", "credential_deleted");
        assertThat(told).allSatisfy(request -> {
            assertThat(request.mediaType()).isEqualTo("application/json");
            assertThat(request.header("Authorization").orElse("")).startsWith("DPoP ");
        });
        assertThat(wallet.tell(last, Event.CREDENTIAL_FAILURE, Optional.of("the \"key\" is gelöscht")))
                .isEmpty();
        assertThat(Json.readObject(told.getLast().body()).string("event_description"))
                .isEqualTo("the ?key? is gel?scht");
    }

    @Test
    @Requirement("W-NOTIF-3")
    @DisplayName("a batch that cannot be verified is one failure")
    void failure() {
        var wallet = wallet(TrustAnchors.none()).copies(3).build();
        var outcome = (Outcome.Unverified) receive(wallet, PID);
        var refused = wallet.tell(
                outcome.notifiable().orElseThrow(), Event.CREDENTIAL_FAILURE, Optional.of(outcome.reason()));
        assertThat(refused).isEmpty();
        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst().event()).isEqualTo(Event.CREDENTIAL_FAILURE);
    }

    @Test
    @Requirement("W-NOTIF-1")
    @DisplayName("nothing, where the issuer has no notification endpoint; and says so when the issuer does not take it")
    void unheard() {
        var silent = TestIssuer.builder().build();
        Handler withoutEndpoint = request -> {
            var response = silent.handler().handle(request);
            return request.uri().getPath().contains("openid-credential-issuer")
                    ? Response.json(200, response.bodyObject().without("notification_endpoint"))
                    : response;
        };
        var deaf = Wallet.builder(withoutEndpoint, silent.anchors())
                .clock(silent.clock())
                .build();
        var outcome = deaf.receive(deaf.resolve(silent.offer(PID).linkByValue()), Optional.empty());
        assertThat(((Outcome.Received) outcome).notifiable()).isEmpty();

        var wallet = wallet(issuer.anchors()).build();
        var received = (Outcome.Received) receive(wallet, PID);
        issuer.clock().advance(Duration.ofHours(1));
        assertThat(wallet.tell(received.notifiable().getFirst(), Event.CREDENTIAL_ACCEPTED, Optional.empty())
                        .orElseThrow()
                        .status())
                .isEqualTo(401);
        assertThat(heard).isEmpty();
    }
}
