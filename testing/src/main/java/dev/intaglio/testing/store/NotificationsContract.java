package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.Notification;
import dev.intaglio.issuer.store.Notifications;
import dev.intaglio.issuer.store.Notifications.Outcome;
import dev.intaglio.protocol.notification.NotificationRequest.Event;
import dev.intaglio.requirements.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What [Notifications] must do.
@DisplayName("§11 What wallets told")
public abstract class NotificationsContract {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.250Z");
    private static final String AUTHORIZATION = "authorization";

    protected abstract Notifications store();

    /// Where issuances are recorded, over the same data.
    protected abstract Issuances issuances();

    /// Several nodes over the same data.
    protected List<Notifications> nodes() {
        return List.of(store());
    }

    @Test
    @Requirement({"CI-NOTIF-4", "CI-NOTIF-5"})
    @DisplayName("is kept once for each event, with the first words about it")
    void eachEventOnce() {
        var id = issued();
        var words = Optional.of("could not store it");
        assertThat(tell(id, Event.CREDENTIAL_FAILURE, words, NOW))
                .isEqualTo(new Outcome.First(new Notification(id, "degree", Event.CREDENTIAL_FAILURE, words, NOW)));
        for (var node : nodes()) {
            assertThat(node.record(id, AUTHORIZATION, Event.CREDENTIAL_FAILURE, Optional.empty(), NOW.plusSeconds(1)))
                    .isEqualTo(new Outcome.Repeated());
        }
        assertThat(tell(id, Event.CREDENTIAL_ACCEPTED, Optional.empty(), NOW.plusSeconds(2)))
                .isInstanceOf(Outcome.First.class);
        assertThat(tell(id, Event.CREDENTIAL_DELETED, Optional.empty(), NOW.plusSeconds(3)))
                .isInstanceOf(Outcome.First.class);
        assertThat(store().latest(1000).stream()
                        .filter(told -> told.issuanceId().equals(id)))
                .extracting(Notification::event)
                .containsExactly(Event.CREDENTIAL_DELETED, Event.CREDENTIAL_ACCEPTED, Event.CREDENTIAL_FAILURE);
        assertThat(store().latest(1)).hasSize(1);
    }

    @Test
    @Requirement("CI-NOTIF-7")
    @DisplayName("is about an issuance under the same authorization, or about nothing")
    void boundToTheAuthorization() {
        var id = issued();
        assertThat(store().record(id, "another", Event.CREDENTIAL_ACCEPTED, Optional.empty(), NOW))
                .isEqualTo(new Outcome.Unknown());
        assertThat(tell(Race.hash(), Event.CREDENTIAL_ACCEPTED, Optional.empty(), NOW))
                .isEqualTo(new Outcome.Unknown());
        assertThat(tell(id, Event.CREDENTIAL_ACCEPTED, Optional.empty(), NOW)).isInstanceOf(Outcome.First.class);
    }

    @Test
    @Requirement("CI-NOTIF-4")
    @DisplayName("told fifty times at once is the first once")
    void oneIsFirst() {
        var nodes = nodes();
        for (int round = 0; round < Race.ROUNDS; round++) {
            var id = issued();
            var outcomes = Race.run(runner -> () -> Race.nodeOf(nodes, runner)
                    .record(id, AUTHORIZATION, Event.CREDENTIAL_ACCEPTED, Optional.empty(), NOW));
            assertThat(outcomes.stream().filter(Outcome.First.class::isInstance))
                    .hasSize(1);
            assertThat(outcomes.stream().filter(Outcome.Repeated.class::isInstance))
                    .hasSize(Race.RUNNERS - 1);
        }
    }

    private Outcome tell(String id, Event event, Optional<String> description, Instant at) {
        return store().record(id, AUTHORIZATION, event, description, at);
    }

    private String issued() {
        var id = Race.hash();
        issuances().record(new IssuanceRecord(id, AUTHORIZATION, "degree", "subject", 1, NOW), List.of());
        return id;
    }
}
