package dev.intaglio.issuer.encryption;

import dev.intaglio.issuer.spi.DecryptionKeys;
import dev.intaglio.issuer.store.SharedSecrets;
import dev.intaglio.keys.AgreementKey;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// A new key for every stretch of time. Whichever node needs it first makes it; the others find it where the nodes share
/// their secrets. After its stretch a key is taken for the time of grace; when the next key but one is made, it is forgotten
/// for good: what was encrypted to it stays closed, even to whoever gets hold of the store.
public final class RotatingDecryptionKeys implements DecryptionKeys {
    /// How far the clocks of two nodes may be apart.
    private static final Duration SKEW = Duration.ofMinutes(5);

    /// Metadata may be kept for 5 minutes, and a wallet takes its time.
    private static final Duration SHORTEST_GRACE = Duration.ofMinutes(10);

    private final String prefix;
    private final SharedSecrets secrets;
    private final Duration rotation;
    private final Duration grace;
    private final Clock clock;
    private final Map<Instant, AgreementKey> loaded = new ConcurrentHashMap<>();

    /// @param rotation how long a key is published, at least an hour
    /// @param grace how long it is taken after that, from 10 minutes to as long again
    public RotatingDecryptionKeys(
            URI credentialIssuer, SharedSecrets secrets, Duration rotation, Duration grace, Clock clock) {
        if (rotation.compareTo(Duration.ofHours(1)) < 0
                || grace.compareTo(SHORTEST_GRACE) < 0
                || grace.compareTo(rotation) > 0) {
            throw new IllegalArgumentException(
                    "keys for requests are published for an hour at least, and taken from 10 minutes to as long again");
        }
        this.prefix = "request-encryption " + credentialIssuer + " ";
        this.secrets = secrets;
        this.rotation = rotation;
        this.grace = grace;
        this.clock = clock;
    }

    @Override
    public AgreementKey current() {
        return key(start(clock.instant()));
    }

    @Override
    public Optional<AgreementKey> find(String kid) {
        var now = clock.instant();
        // Another node's clock may already be in the next stretch.
        return Stream.of(now, now.minus(grace), now.plus(SKEW))
                .map(this::start)
                .distinct()
                .map(this::key)
                .filter(key -> kid.equals(key.publicJwk().getKeyID()))
                .findFirst();
    }

    private Instant start(Instant time) {
        var seconds = time.getEpochSecond();
        return Instant.ofEpochSecond(seconds - seconds % rotation.toSeconds());
    }

    private AgreementKey key(Instant start) {
        var key = loaded.get(start);
        if (key != null) {
            return key;
        }
        forgetBefore(start(clock.instant().minus(grace)));
        return loaded.computeIfAbsent(
                start, stretch -> AgreementKey.of(secrets.secret(prefix + name(stretch), AgreementKey::fresh)));
    }

    private void forgetBefore(Instant start) {
        loaded.keySet().removeIf(start::isAfter);
        secrets.forget(prefix, prefix + name(start.minus(SKEW)));
    }

    /// Of one length, so that names come in the order of their times.
    private static String name(Instant start) {
        return String.format(Locale.ROOT, "%012d", start.getEpochSecond());
    }
}
