package dev.intaglio.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.testing.AdjustableClock;
import dev.intaglio.testing.store.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WrongPasswordsTest {
    private static final Duration WITHIN = Duration.ofMinutes(10);

    private final AdjustableClock clock = AdjustableClock.at(Instant.parse("2026-11-01T12:00:00Z"));
    private final WrongPasswords wrong = new WrongPasswords(
            new LoginProperties(List.of(), Map.of(), false, Optional.empty(), "sub", "name", 3, 5, WITHIN), clock);

    @Test
    @DisplayName("a name has so many tries within the time, from wherever, and then again")
    void byName() {
        for (var i = 0; i < 3; i++) {
            assertThat(wrong.count("erika", "192.0.2." + i)).isEmpty();
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(wrong.count("Erika", "192.0.2.9")).contains(Duration.ofMinutes(7));
        clock.advance(Duration.ofMinutes(7));
        assertThat(wrong.count("erika", "192.0.2.9")).isEmpty();
    }

    @Test
    @DisplayName("an address has so many tries, whatever the names; half of an IPv6 address counts")
    void byAddress() {
        for (var i = 0; i < 5; i++) {
            assertThat(wrong.count("name " + i, "2001:db8:0:1::" + i)).isEmpty();
        }
        assertThat(wrong.count("another", "2001:db8:0:1:ffff::1")).isPresent();
        assertThat(wrong.count("another", "2001:db8:0:2::1")).isEmpty();
    }

    @Test
    @DisplayName("right passwords do not count")
    void rightOnes() {
        for (var i = 0; i < 20; i++) {
            assertThat(wrong.count("erika", "192.0.2.1")).isEmpty();
            wrong.right("erika", "192.0.2.1");
        }
    }

    @Test
    @DisplayName("of fifty tries at once no more are made than after each other")
    void atOnce() {
        var tried = Race.run(
                runner -> () -> wrong.count("erika", "192.0.2." + runner).isEmpty());
        assertThat(tried).filteredOn(made -> made).hasSize(3);
    }
}
