package dev.intaglio.issuer.rotation;

import dev.intaglio.issuer.store.KeyStates;
import dev.intaglio.issuer.store.KeyStates.KeyState;
import dev.intaglio.issuer.store.KeyStates.State;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of a source, each used as the states that all nodes share say. States are read again every few seconds, so a change
/// shows at all nodes soon; since a key is published before it signs, the moments between do no harm.
///
/// Keys of which nobody has said anything are as the source had them at the start: its first signs, the others are published. A
/// key that comes to the source later is published, and signs when it is told to, or after a restart.
public final class RotatingKeyRing implements KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(RotatingKeyRing.class);

    private final KeySource source;
    private final KeyStates states;
    private final Clock clock;
    private final Duration age;
    private final ReentrantLock reading = new ReentrantLock();
    private final Map<KeyUse, List<String>> atStart = new EnumMap<>(KeyUse.class);
    private volatile Known known;

    private record Known(KeyRing keys, List<KeyState> states, Instant at) {}

    /// Where keys come from: files, a directory, a token. Asked again and again, so that keys can be added while the issuer
    /// runs.
    @FunctionalInterface
    public interface KeySource {
        /// The first of each use signs as long as nothing else is said.
        ///
        /// @throws RuntimeException if there are none to be had now; those from before are kept
        KeyRing keys();
    }

    /// @param age how old what is known of the states may be
    public RotatingKeyRing(KeySource source, KeyStates states, Clock clock, Duration age) {
        this.source = source;
        this.states = states;
        this.clock = clock;
        this.age = age;
        var keys = source.keys();
        for (var use : KeyUse.values()) {
            atStart.put(
                    use, keys.published(use).stream().map(RotatingKeyRing::kid).toList());
        }
        known = new Known(keys, states.all(), clock.instant());
    }

    @Override
    public SigningKey current(KeyUse use) {
        var now = known();
        var published = published(now, use);
        if (published.isEmpty()) {
            throw new IllegalStateException("no signing key is configured for " + use);
        }
        var active = active(now, use);
        if (active.isPresent() && !kid(published.getFirst()).equals(active.get().key())) {
            LOG.error(
                    "The key {} is active for {}, and this node does not have it: it signs with {}",
                    active.get().key(),
                    use,
                    kid(published.getFirst()));
        }
        return published.getFirst();
    }

    @Override
    public List<SigningKey> published(KeyUse use) {
        return published(known(), use);
    }

    /// The active one first; without one we have, the one retired last, then those nobody has said anything of. Last those that
    /// must not sign.
    private List<SigningKey> published(Known known, KeyUse use) {
        var active = new ArrayList<SigningKey>();
        var retired = new ArrayList<SigningKey>();
        var unsaid = new ArrayList<SigningKey>();
        var next = new ArrayList<SigningKey>();
        for (var key : known.keys().published(use)) {
            var state = state(known, use, kid(key)).map(KeyState::state);
            if (state.isEmpty()) {
                unsaid.add(key);
            } else {
                switch (state.get()) {
                    case ACTIVE -> active.add(key);
                    case RETIRED -> retired.add(key);
                    case NEXT -> next.add(key);
                    case GONE -> {}
                }
            }
        }
        unsaid.sort(Comparator.comparingInt(key -> place(use, key)));
        retired.sort((one, other) -> since(known, use, other).compareTo(since(known, use, one)));
        var all = new ArrayList<>(active);
        all.addAll(retired);
        all.addAll(unsaid);
        all.addAll(next);
        return List.copyOf(all);
    }

    private int place(KeyUse use, SigningKey key) {
        var place = atStart.getOrDefault(use, List.of()).indexOf(kid(key));
        return place < 0 ? Integer.MAX_VALUE : place;
    }

    private static Instant since(Known known, KeyUse use, SigningKey key) {
        return state(known, use, kid(key)).map(KeyState::since).orElse(Instant.MIN);
    }

    private static Optional<KeyState> state(Known known, KeyUse use, String kid) {
        return known.states().stream()
                .filter(state -> state.use() == use && state.key().equals(kid))
                .findFirst();
    }

    private static Optional<KeyState> active(Known known, KeyUse use) {
        return known.states().stream()
                .filter(state -> state.use() == use && state.state() == State.ACTIVE)
                .findFirst();
    }

    private static String kid(SigningKey key) {
        return key.publicJwk().getKeyID();
    }

    /// Every key the source has, whatever is said of it.
    List<SigningKey> all(KeyUse use) {
        return known().keys().published(use);
    }

    /// Reads states and source at once, not when it is time.
    void refresh() {
        reading.lock();
        try {
            known = new Known(source.keys(), states.all(), clock.instant());
        } finally {
            reading.unlock();
        }
    }

    /// One thread reads; the others go on with what was known.
    private Known known() {
        var before = known;
        if (clock.instant().isBefore(before.at().plus(age)) || !reading.tryLock()) {
            return before;
        }
        try {
            KeyRing keys = before.keys();
            try {
                keys = source.keys();
            } catch (RuntimeException unreadable) {
                LOG.error("The signing keys cannot be read again; those from before are used", unreadable);
            }
            known = new Known(keys, states.all(), clock.instant());
        } catch (RuntimeException unreachable) {
            LOG.error("The states of signing keys cannot be read; those from before hold", unreachable);
            known = new Known(before.keys(), before.states(), clock.instant());
        } finally {
            reading.unlock();
        }
        return known;
    }
}
