package dev.intaglio.issuer.offer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.issuer.store.Offers;
import dev.intaglio.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Claims kept for an authorization")
class HandedClaimsTest {
    private static final Instant NOW = Instant.parse("2026-11-03T10:15:30Z");
    private static final JsonObject CLAIMS =
            JsonObject.builder().put("given_name", "Galadriel").build();

    private final Kept store = new Kept();

    private HandedClaims with(byte[] secret) {
        return new HandedClaims(store, secret, Duration.ofHours(1), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static byte[] secret(int filling) {
        var secret = new byte[32];
        Arrays.fill(secret, (byte) filling);
        return secret;
    }

    private static Entitlement under(String authorizationId) {
        var definition = CredentialDefinitions.shipped().getFirst();
        return new Entitlement(
                "erika",
                definition,
                definition.configurations().getFirst(),
                Optional.empty(),
                Optional.empty(),
                authorizationId);
    }

    private static String found(HandedClaims handed, String authorizationId) {
        return switch (handed.before(entitlement -> Lookup.denied("nothing")).find(under(authorizationId))) {
            case Lookup.Ready(var dataset) -> dataset.claims().string("given_name");
            case Lookup.Denied(var reason) -> reason;
            case Lookup.Pending pending -> "later";
        };
    }

    @Test
    @DisplayName("are found by the name of the authorization with the issuer's secret, and by nothing less")
    void sealed() {
        var configuration = under("one").configuration().id();
        with(secret(1)).offerTo("one", Map.of(configuration, CLAIMS), Duration.ofMinutes(10));

        assertThat(found(with(secret(1)), "one")).isEqualTo("Galadriel");
        assertThat(found(with(secret(1)), "two")).isEqualTo("nothing");
        assertThat(found(with(secret(2)), "one")).isEqualTo("nothing");
        assertThat(store.contents).hasSize(1);
        store.contents.forEach((handle, content) -> {
            assertThat(handle).doesNotContain("one");
            assertThat(new String(content, StandardCharsets.ISO_8859_1)).doesNotContain("Galadriel", "given_name");
        });
    }

    @Test
    @DisplayName("altered in the store are no claims")
    void altered() {
        with(secret(1)).offerTo("one", Map.of(under("one").configuration().id(), CLAIMS), Duration.ofMinutes(10));
        store.contents.values().forEach(content -> content[3] ^= 1);

        assertThat(found(with(secret(1)), "one")).isEqualTo("nothing");
    }

    @Test
    @DisplayName("nothing is kept where a sign-in told nothing and no offer had any")
    void nothing() {
        with(secret(1)).authorized("one", Optional.of("state"), JsonObject.empty());

        assertThat(store.contents).isEmpty();
    }

    @Test
    @DisplayName("of an offer last as long as a token that was got in its last moment")
    void lifetime() {
        with(secret(1)).offerTo("one", Map.of(under("one").configuration().id(), CLAIMS), Duration.ofMinutes(10));

        assertThat(store.until.values()).containsExactly(NOW.plus(Duration.ofMinutes(70)));
    }

    private static final class Kept implements Offers {
        private final Map<String, byte[]> contents = new LinkedHashMap<>();
        private final Map<String, Instant> until = new LinkedHashMap<>();

        @Override
        public void save(String handle, byte[] content, Instant expiresAt) {
            contents.put(handle, content);
            until.put(handle, expiresAt);
        }

        @Override
        public Optional<byte[]> find(String handle, Instant now) {
            return Optional.ofNullable(contents.get(handle));
        }

        @Override
        public void remove(String handle) {
            contents.remove(handle);
        }

        @Override
        public void keep(String handle, Instant until) {
            this.until.put(handle, until);
        }
    }
}
