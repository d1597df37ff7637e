package dev.intaglio.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A credential and the certificates of its signer")
class SignerWindowTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:34:56Z");
    private static final URI ISSUER = URI.create("https://issuer.example");
    private static final SigningKey KEY = DevelopmentCa.create(
                    "Test", Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom())
            .issue("Test", ISSUER, JWSAlgorithm.ES256);

    private static Issuance issuance(String validity, Instant now, boolean mayOutlive) {
        var definition = CredentialDefinition.read("""
                id: card
                display: [{locale: en, name: Card}]
                claims: [{path: [number]}]
                binding: false
                validity: %s
                formats:
                  dc+sd-jwt: {vct: "urn:example:card"}
                """.formatted(validity), "card.yaml");
        return new Issuance(
                definition,
                definition.configurations().getFirst(),
                new CredentialDataset(JsonObject.empty()),
                Optional.empty(),
                Optional.empty(),
                KEY,
                ISSUER,
                now,
                mayOutlive,
                Duration.ZERO);
    }

    @Test
    @DisplayName("it does not say it began before they are good, as rounding to the day would have it")
    void begins() {
        var window = KEY.window();
        var first = issuance("P30D", NOW, false);
        assertThat(first.validFrom()).isBetween(window.from(), NOW);
        assertThat(issuance("P30D", NOW.plus(Duration.ofDays(3)), false).validFrom())
                .isEqualTo(Instant.parse("2026-11-04T00:00:00Z"));
    }

    @Test
    @DisplayName("it ends with them, unless it may outlive them")
    void ends() {
        assertThat(issuance("P30D", NOW, false).validUntil()).isEqualTo(Instant.parse("2026-12-02T00:00:00Z"));
        assertThat(issuance("P10Y", NOW, false).validUntil())
                .isEqualTo(KEY.window().until());
        assertThat(issuance("P10Y", NOW, true).validUntil()).isEqualTo(Instant.parse("2036-11-02T00:00:00Z"));
    }

    @Test
    @DisplayName("before and after, nothing is signed")
    void outside() {
        for (var time : new Instant[] {
            KEY.window().from().minusSeconds(1), KEY.window().until().plusSeconds(1)
        }) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> issuance("P30D", time, true).validUntil());
            assertThatIllegalStateException()
                    .isThrownBy(() -> issuance("P30D", time, true).validFrom());
        }
    }
}
