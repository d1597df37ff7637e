package dev.intaglio.issuer.log;

import dev.intaglio.credential.HolderKey;
import dev.intaglio.issuer.store.IssuanceRecord.Logged;
import dev.intaglio.issuer.store.LogEvent;
import dev.intaglio.issuer.store.StatusOperation;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.nonce.Unguessable;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Words the events of the log. None of them says who somebody is.
public final class LogEvents {
    public static final String ISSUED = "issued";
    public static final String DEFERRED = "deferred";
    public static final String CONFIGURATION = "configuration";
    public static final String KEY = "key";
    public static final String STATUS = "status";
    public static final String ERASED = "erased";

    private final SecureRandom random;

    public LogEvents(SecureRandom random) {
        this.random = random;
    }

    /// Credentials were issued: of which configuration, under which key of ours, and commitments to each of them.
    public Logged issued(
            String issuanceId, String configurationId, String key, List<Optional<HolderKey>> bound, Instant at) {
        var commitments = Commitments.fresh(random);
        var body = JsonObject.builder()
                .put("configuration", configurationId)
                .put("key", key)
                .put("credentials", commitments.credentials(issuanceId, bound))
                .build();
        return new Logged(commitments.salt(), new LogEvent(commitments.event(), ISSUED, body.text(), at));
    }

    /// A wallet was told to come back.
    public LogEvent deferred(String configurationId, Instant at) {
        return event(
                DEFERRED,
                JsonObject.builder().put("configuration", configurationId).build(),
                at);
    }

    /// From here on the issuer issues by another configuration.
    ///
    /// @param digest over all of it
    public LogEvent configuration(String digest, Instant at) {
        return event(CONFIGURATION, JsonObject.builder().put("digest", digest).build(), at);
    }

    /// Something happened to one of the issuer's keys.
    public LogEvent key(String use, String keyId, String change, Instant at) {
        return event(
                KEY,
                JsonObject.builder()
                        .put("use", use)
                        .put("key", keyId)
                        .put("change", change)
                        .build(),
                at);
    }

    /// What was remembered of a subject was erased.
    ///
    /// @param issuances how many issuances cannot be found any more
    public LogEvent erased(int issuances, Instant at) {
        return event(ERASED, JsonObject.builder().put("issuances", issuances).build(), at);
    }

    /// The statuses of credentials were changed: how, and of how many. Whose they are and why stays with the operation, which is
    /// found by the event's identifier.
    ///
    /// @param done one that took effect
    public static LogEvent status(StatusOperation done) {
        var body = JsonObject.builder()
                .put("verb", done.verb().name().toLowerCase(Locale.ROOT))
                .put("changed", done.changed())
                .build();
        return new LogEvent(done.id(), STATUS, body.text(), done.dueAt());
    }

    private LogEvent event(String kind, JsonObject body, Instant at) {
        return new LogEvent(Unguessable.text(random, Unguessable.IDENTIFIER), kind, body.text(), at);
    }
}
