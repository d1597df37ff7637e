package dev.intaglio.protocol.dpop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.nonce.KeyedNonces;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9449 DPoP proofs")
class DpopProofTest {
    private static final Instant NOW = Instant.parse("2026-11-03T10:15:30Z");
    private static final URI TOKEN = URI.create("https://server.example.com/token");
    private static final Set<JWSAlgorithm> ES256 = Set.of(JWSAlgorithm.ES256);
    private static final SigningKey KEY = SigningKey.generate(JWSAlgorithm.ES256);

    @Nested
    @DisplayName("known answers")
    class KnownAnswers {
        @Test
        @Requirement("CI-DPOP-1")
        @DisplayName("§7.1: ath of the access token")
        void accessTokenHash() {
            assertThat(DpopProof.accessTokenHash("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"))
                    .isEqualTo("fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo");
        }

        @Test
        @Requirement("AS-DPOP-3")
        @DisplayName("§6.1: jkt of the key")
        void thumbprint() {
            var key = SignedJwt.publicKey(Json.readObject("""
                    {"kty":"EC","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA","crv":"P-256"}"""));
            assertThat(DpopProof.thumbprint(key)).isEqualTo("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
        }
    }

    @Nested
    @DisplayName("§4.2, §4.3 a proof")
    class Proof {
        @Test
        @Requirement("AS-DPOP-1")
        @DisplayName("says what it was made with, and shows nothing of the key but what makes it one")
        void made() {
            var compact = DpopProof.make(
                    KEY,
                    "id",
                    "POST",
                    URI.create("https://server.example.com/token?a=b#c"),
                    NOW,
                    Optional.of("n"),
                    Optional.of("token"));
            var proof = DpopProof.verify(compact, ES256);
            assertThat(proof.id()).isEqualTo("id");
            assertThat(proof.method()).isEqualTo("POST");
            assertThat(proof.uri()).isEqualTo("https://server.example.com/token");
            assertThat(proof.issuedAt()).isEqualTo(NOW);
            assertThat(proof.nonce()).contains("n");
            assertThat(proof.accessTokenHash()).contains(DpopProof.accessTokenHash("token"));
            assertThat(proof.thumbprint()).isEqualTo(DpopProof.thumbprint(KEY.publicJwk()));
            assertThat(SignedJwt.parse(compact).header().object("jwk").members())
                    .containsOnlyKeys("kty", "crv", "x", "y");
        }

        @Test
        @DisplayName("by an algorithm that is not allowed here is refused")
        void algorithm() {
            var compact = DpopProof.make(
                    SigningKey.generate(JWSAlgorithm.ES384),
                    "id",
                    "POST",
                    TOKEN,
                    NOW,
                    Optional.empty(),
                    Optional.empty());
            assertThatThrownBy(() -> DpopProof.verify(compact, ES256))
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining("alg");
        }

        @ParameterizedTest
        @Requirement("AS-DPOP-1")
        @DisplayName("is for one address, however it is spelt")
        @CsvSource({
            "https://server.example.com/token, true",
            "https://SERVER.example.com:443/token, true",
            "HTTPS://server.example.com/token?query#fragment, true",
            "https://server.example.com/a/../token, true",
            "https://server.example.com/t%6fken, true",
            "https://server.example.com:8443/token, false",
            "https://server.example.com/Token, false",
            "https://server.example.com/token/, false",
            "https://server.example.com/%2Ftoken, false",
            "https://server.example.com, false",
            "http://server.example.com/token, false",
            "https://other.example.com/token, false",
            "//server.example.com/token, false",
            "urn:token, false",
            "'', false",
            "https://server.example.com/ token, false"
        })
        void address(String htu, boolean fits) {
            var proof = proof("POST", htu);
            if (fits) {
                assertThat(proof.requireFor("POST", TOKEN)).isSameAs(proof);
            } else {
                assertThatThrownBy(() -> proof.requireFor("POST", TOKEN)).isInstanceOf(JsonException.class);
            }
        }

        @Test
        @DisplayName("distinguishes escapes that mean something, and not their letter case")
        void escapes() {
            assertThatThrownBy(() -> proof("POST", "https://h.example/a%2Fb")
                            .requireFor("POST", URI.create("https://h.example/a/b")))
                    .isInstanceOf(JsonException.class);
            proof("POST", "https://h.example/a%2fb").requireFor("POST", URI.create("https://h.example/a%2Fb"));
            proof("POST", "https://h.example").requireFor("POST", URI.create("https://h.example/"));
        }

        @Test
        @DisplayName("distinguishes hosts that java.net.URI does not take for hosts")
        void underscores() {
            assertThatThrownBy(() -> proof("POST", "https://evil_host/token")
                            .requireFor("POST", URI.create("https://good_host/token")))
                    .isInstanceOf(JsonException.class);
            proof("POST", "https://Good_host/token").requireFor("POST", URI.create("https://good_host/token"));
        }

        @Test
        @Requirement("AS-DPOP-1")
        @DisplayName("is for one method")
        void method() {
            assertThatThrownBy(() -> proof("GET", TOKEN.toString()).requireFor("POST", TOKEN))
                    .hasMessageContaining("htm");
        }

        private static DpopProof proof(String method, String uri) {
            return new DpopProof(KEY.publicJwk(), "t", "id", method, uri, NOW, Optional.empty(), Optional.empty());
        }
    }

    @Nested
    @DisplayName("§4.3, §8, §11.1 what a server says to it")
    class Verifier {
        private final List<String> used = new ArrayList<>();
        private final List<Instant> forgottenAt = new ArrayList<>();

        private boolean firstUse(String value, Instant forgetAt) {
            forgottenAt.add(forgetAt);
            return !used.contains(value) && used.add(value);
        }

        @Test
        @Requirement("AS-DPOP-1")
        @DisplayName("used is what was good in every other respect, and remembered until it would be too old anyway")
        void replayIsLast() {
            var nonces = nonces();
            var verifier = new DpopVerifier(Optional.of(nonces), this::firstUse, clock(NOW));
            var request = Request.post(TOKEN);
            assertThat(verifier.verify(request, Optional.empty())).isInstanceOf(DpopVerifier.Outcome.Absent.class);
            assertThat(verifier.verify(with(request, Optional.empty()), Optional.empty()))
                    .isInstanceOf(DpopVerifier.Outcome.NonceWanted.class);
            assertThat(verifier.verify(with(request, Optional.of("x")), Optional.empty()))
                    .isInstanceOf(DpopVerifier.Outcome.NonceWanted.class);
            assertThat(used).isEmpty();
            var good = with(request, Optional.of(nonces.next()));
            assertThat(verifier.verify(good, Optional.of("token"))).isInstanceOf(DpopVerifier.Outcome.Bad.class);
            assertThat(used).isEmpty();
            assertThat(verifier.verify(good, Optional.empty())).isInstanceOf(DpopVerifier.Outcome.Proven.class);
            assertThat(verifier.verify(good, Optional.empty())).isInstanceOf(DpopVerifier.Outcome.Bad.class);
            assertThat(used).singleElement().asString().matches("[A-Za-z0-9_-]{43}");
            assertThat(forgottenAt).allMatch(time -> time.isAfter(NOW.plus(Duration.ofMinutes(5))));
        }

        @ParameterizedTest
        @Requirement({"AS-DPOP-1", "CI-DPOP-7"})
        @DisplayName("too old or too young is bad, with a nonce or without")
        @CsvSource({"-301, false", "-300, true", "0, true", "10, true", "11, false", "61, false"})
        void age(long offset, boolean good) {
            var proof = DpopProof.make(
                    KEY, "id", "POST", TOKEN, NOW.plusSeconds(offset), Optional.empty(), Optional.empty());
            var outcome = new DpopVerifier(Optional.empty(), this::firstUse, clock(NOW))
                    .verify(Request.post(TOKEN).with("DPoP", proof), Optional.empty());
            assertThat(outcome instanceof DpopVerifier.Outcome.Proven).isEqualTo(good);
        }

        private static Request with(Request request, Optional<String> nonce) {
            return request.with("DPoP", DpopProof.make(KEY, "id", "POST", TOKEN, NOW, nonce, Optional.empty()));
        }

        private static KeyedNonces nonces() {
            return new KeyedNonces(
                    "dpop", List.of(new byte[32]), Duration.ofMinutes(5), clock(NOW), new SecureRandom());
        }

        private static Clock clock(Instant now) {
            return Clock.fixed(now, ZoneOffset.UTC);
        }
    }
}
