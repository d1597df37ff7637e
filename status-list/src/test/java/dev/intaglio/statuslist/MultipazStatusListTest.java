package dev.intaglio.statuslist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The status lists of the OpenWallet Foundation's Multipaz.
@DisplayName("Multipaz")
class MultipazStatusListTest {
    private static final Instant NOW = Instant.parse("2026-11-03T10:15:30Z");
    private static final URI LIST = URI.create("https://issuer.example/statuslists/1");
    private static final int SIZE = 131_072;
    private static final IntUnaryOperator STATUSES = index -> index % 1_009 % 3;
    private static final DevelopmentCa CA = authority();

    private static DevelopmentCa authority() {
        return DevelopmentCa.create("Authority", Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom());
    }

    private static byte[] cwt(String algorithm) {
        return new StatusListToken(
                        LIST,
                        NOW,
                        Optional.of(NOW.plusSeconds(3_600)),
                        Optional.of(Duration.ofMinutes(5)),
                        StatusList.of(2, SIZE, STATUSES),
                        Optional.empty())
                .cwt(CA.issue("Status issuer", URI.create("https://issuer.example"), JWSAlgorithm.parse(algorithm)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "EdDSA"})
    @Requirement({"CI-STAT-1", "CI-STAT-3"})
    @DisplayName(
            "reads every status in our list as CWT, if it trusts our authority, the list has not expired and is this one")
    void readsOurs(String algorithm) throws Exception {
        var cwt = cwt(algorithm);
        var list = read(cwt, CA, LIST, NOW);
        for (var index = 0; index < SIZE; index++) {
            assertThat(list.get(index)).isEqualTo(STATUSES.applyAsInt(index));
        }
        assertThatThrownBy(() -> read(cwt, authority(), LIST, NOW)).hasStackTraceContaining("org.multipaz");
        assertThatThrownBy(() -> read(cwt, CA, LIST, NOW.plusSeconds(7_200))).hasStackTraceContaining("expired");
        assertThatThrownBy(() -> read(cwt, CA, URI.create(LIST + "0"), NOW)).hasStackTraceContaining("org.multipaz");
        var changed = cwt.clone();
        changed[changed.length - 1] ^= 1;
        assertThatThrownBy(() -> read(changed, CA, LIST, NOW)).hasStackTraceContaining("org.multipaz");
    }

    private static org.multipaz.revocation.StatusList read(byte[] cwt, DevelopmentCa authority, URI uri, Instant at)
            throws Exception {
        var companion = org.multipaz.revocation.StatusList.Companion;
        return MultipazLists.read(companion, cwt, authority, uri, at, org.multipaz.revocation.StatusList.class);
    }
}
