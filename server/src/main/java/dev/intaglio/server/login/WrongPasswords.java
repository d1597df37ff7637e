package dev.intaglio.server.login;

import dev.intaglio.protocol.jose.SignedJwt;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Counts wrong passwords by user name and by network address. Kept in the memory of one node: behind several, somebody who
/// guesses has as many times more tries.
final class WrongPasswords {
    private static final int REMEMBERED = 20_000;

    private final int tries;
    private final int triesPerAddress;
    private final Duration within;
    private final Clock clock;

    /// In the order in which they are over.
    private final Map<String, Counted> counted = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Counted> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Counted(int count, Instant until) {
        Counted changed(int by) {
            return new Counted(Math.max(0, count + by), until);
        }
    }

    WrongPasswords(LoginProperties properties, Clock clock) {
        tries = properties.tries();
        triesPerAddress = properties.triesPerAddress();
        within = properties.triesWithin();
        this.clock = clock;
    }

    /// Counts a try before it is made, so that many at once are not more than many after each other.
    ///
    /// @return empty if it may be made; otherwise how long to wait
    synchronized Optional<Duration> count(String name, String address) {
        var now = clock.instant();
        var ofName = current(nameKey(name), now);
        var ofAddress = current(addressKey(address), now);
        var wait = Stream.of(until(ofName, tries).stream(), until(ofAddress, triesPerAddress).stream())
                .flatMap(full -> full)
                .max(Instant::compareTo);
        if (wait.isEmpty()) {
            counted.put(nameKey(name), ofName.changed(1));
            counted.put(addressKey(address), ofAddress.changed(1));
        }
        return wait.map(until -> Duration.between(now, until));
    }

    /// The try was no wrong one.
    synchronized void right(String name, String address) {
        counted.remove(nameKey(name));
        counted.computeIfPresent(addressKey(address), (key, found) -> found.changed(-1));
    }

    private Counted current(String key, Instant now) {
        var found = counted.get(key);
        if (found != null && now.isBefore(found.until())) {
            return found;
        }
        counted.remove(key); // a new one goes to the end
        return new Counted(0, now.plus(within));
    }

    private static Optional<Instant> until(Counted of, int limit) {
        return of.count() < limit ? Optional.empty() : Optional.of(of.until());
    }

    private static String nameKey(String name) {
        return "name " + SignedJwt.sha256(name.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    /// One person's network has more addresses of IPv6 than anybody could count; its first half is the person's.
    private static String addressKey(String address) {
        if (!address.contains(":")) {
            return "address " + address;
        }
        try {
            var bytes = InetAddress.getByName(address).getAddress();
            return "address " + HexFormat.of().formatHex(bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes);
        } catch (UnknownHostException none) {
            return "address " + address;
        }
    }
}
