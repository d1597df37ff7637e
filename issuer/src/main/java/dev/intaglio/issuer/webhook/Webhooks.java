package dev.intaglio.issuer.webhook;

import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.Issuances.Stale;
import dev.intaglio.issuer.store.Notification;
import dev.intaglio.issuer.store.OutgoingEvent;
import dev.intaglio.issuer.store.OutgoingEvents;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.nonce.Unguessable;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// Puts down what happens to credentials for those who want to be told. Names of things, never claims: a receiver that must
/// know more asks the issuer's systems by the ids.
public final class Webhooks implements IssuanceListener {
    static final String ISSUED = "credential.issued";
    static final String DEFERRED = "credential.deferred";
    static final String NOTIFIED = "credential.notified";
    static final String STALE = "credential.stale";

    /// The types of event there are.
    public static final List<String> TYPES = List.of(ISSUED, DEFERRED, NOTIFIED, STALE);

    private static final Duration PATIENCE = Duration.ofDays(3);

    private final List<WebhookTarget> targets;
    private final OutgoingEvents outgoing;
    private final Clock clock;
    private final SecureRandom random;

    public Webhooks(List<WebhookTarget> targets, OutgoingEvents outgoing, Clock clock, SecureRandom random) {
        this.targets = List.copyOf(targets);
        this.outgoing = outgoing;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public void issued(Entitlement entitlement, IssuanceRecord issuance) {
        tell(
                ISSUED,
                JsonObject.builder()
                        .put("issuance_id", issuance.id())
                        .put("authorization_id", issuance.authorizationId())
                        .put("configuration_id", issuance.configurationId())
                        .put("credentials", issuance.credentials())
                        .build());
    }

    @Override
    public void deferred(Entitlement entitlement) {
        tell(
                DEFERRED,
                JsonObject.builder()
                        .put("authorization_id", entitlement.authorizationId())
                        .put("configuration_id", entitlement.configuration().id())
                        .build());
    }

    @Override
    public void notified(Notification notification) {
        tell(
                NOTIFIED,
                JsonObject.builder()
                        .put("issuance_id", notification.issuanceId())
                        .put("configuration_id", notification.configurationId())
                        .put("event", notification.event().value())
                        .build());
    }

    @Override
    public void stale(Stale issuance) {
        tell(
                STALE,
                JsonObject.builder()
                        .put("issuance_id", issuance.issuanceId())
                        .put("configuration_id", issuance.configurationId())
                        .put("credentials", issuance.credentials())
                        .build());
    }

    private void tell(String type, JsonObject data) {
        var now = clock.instant();
        for (var target : targets) {
            if (target.wants(type)) {
                var body = JsonObject.builder()
                        .put("type", type)
                        .put("timestamp", now.toString())
                        .put("data", data)
                        .build();
                var id = "msg_" + Unguessable.text(random, Unguessable.IDENTIFIER);
                outgoing.add(new OutgoingEvent(id, target.name(), body.text(), 0, now.plus(PATIENCE)), now);
            }
        }
    }
}
