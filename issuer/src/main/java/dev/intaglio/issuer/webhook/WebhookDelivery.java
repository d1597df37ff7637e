package dev.intaglio.issuer.webhook;

import dev.intaglio.issuer.store.OutgoingEvent;
import dev.intaglio.issuer.store.OutgoingEvents;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what [Webhooks] put down, as the Standard Webhooks specification says: `webhook-id`, `webhook-timestamp`, and
/// `webhook-signature` by HMAC-SHA256 over all three. Whoever does not answer 2xx is asked again, after 5 seconds first and then
/// twice as long each time, up to six hours.
public final class WebhookDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookDelivery.class);
    private static final int AT_A_TIME = 20;

    /// Longer than the transport waits for an answer.
    private static final Duration LEASE = Duration.ofMinutes(5);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    private final Map<String, WebhookTarget> targets;
    private final OutgoingEvents outgoing;
    private final Handler transport;
    private final Clock clock;

    public WebhookDelivery(List<WebhookTarget> targets, OutgoingEvents outgoing, Handler transport, Clock clock) {
        this.targets = targets.stream().collect(Collectors.toUnmodifiableMap(WebhookTarget::name, Function.identity()));
        this.outgoing = outgoing;
        this.transport = transport;
        this.clock = clock;
    }

    /// Sends what is due. To be called every few seconds, by any node.
    ///
    /// @return how many events were tried
    public int deliver() {
        var tried = 0;
        List<OutgoingEvent> claimed;
        do {
            claimed = outgoing.claim(AT_A_TIME, clock.instant(), LEASE);
            claimed.forEach(this::deliver);
            tried += claimed.size();
        } while (claimed.size() == AT_A_TIME);
        return tried;
    }

    private void deliver(OutgoingEvent event) {
        var target = targets.get(event.target());
        if (target == null) {
            LOG.warn("{} is for a webhook that is no longer configured; it is dropped", event);
            outgoing.done(event);
        } else if (heard(target, event)) {
            outgoing.done(event);
        } else {
            outgoing.retry(event, clock.instant().plus(pause(event.attempts())));
        }
    }

    private boolean heard(WebhookTarget target, OutgoingEvent event) {
        try {
            var response = transport.handle(request(target, event));
            if (!response.successful()) {
                LOG.warn("the webhook {} answered {} to {}", target.name(), response.status(), event);
            }
            return response.successful();
        } catch (RuntimeException unreachable) {
            LOG.warn("the webhook {} could not be told {}", target.name(), event, unreachable);
            return false;
        }
    }

    static Duration pause(int attempts) {
        var doublings = Math.clamp(attempts - 1L, 0, 20);
        var pause = FIRST_PAUSE.multipliedBy(1L << doublings);
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private Request request(WebhookTarget target, OutgoingEvent event) {
        var timestamp = Long.toString(clock.instant().getEpochSecond());
        return Request.post(target.address())
                .withBody("application/json", event.body().getBytes(StandardCharsets.UTF_8))
                .with("webhook-id", event.id())
                .with("webhook-timestamp", timestamp)
                .with("webhook-signature", signature(target, event.id() + "." + timestamp + "." + event.body()));
    }

    static String signature(WebhookTarget target, String signed) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(target.secret(), "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", impossible);
        }
    }
}
