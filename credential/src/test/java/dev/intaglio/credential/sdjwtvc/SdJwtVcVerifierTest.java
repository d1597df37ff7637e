package dev.intaglio.credential.sdjwtvc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.StatusReference;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.credential.Verification.Rejected;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Verifying dc+sd-jwt")
class SdJwtVcVerifierTest {
    private static final Instant NOW = SdJwtVcFormatTest.NOW;
    private static final DevelopmentCa CA =
            DevelopmentCa.create("Test", Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom());
    private static final SigningKey CERTIFIED = CA.issue("Issuer", SdJwtVcFormatTest.ISSUER, JWSAlgorithm.ES256);
    private static final TrustAnchors ANCHORS = TrustAnchors.of(List.of(CA.anchor()));
    private static final SigningKey BARE = SigningKey.generate(JWSAlgorithm.ES256);
    private static final HolderKey HOLDER =
            new HolderKey(SigningKey.generate(JWSAlgorithm.ES256).publicJwk());

    private final SdJwtVcVerifier verifier = new SdJwtVcVerifier();
    private final SdJwtVcVerifier knowing = new SdJwtVcVerifier(new JWKSet(BARE.publicJwk()));

    private static String issue(SigningKey key) {
        var pid = SdJwtVcFormatTest.definition("pid");
        return new SdJwtVcFormat(new SecureRandom())
                .issue(new Issuance(
                        pid,
                        pid.configurations().getFirst(),
                        new CredentialDataset(SdJwtVcFormatTest.claimsOf("erika", "pid")),
                        Optional.of(HOLDER),
                        Optional.of(CredentialStatus.of(new StatusReference(URI.create("https://s.example/1"), 5))),
                        key,
                        SdJwtVcFormatTest.ISSUER,
                        NOW));
    }

    private static void rejected(Verification verification, Reason reason) {
        assertThat(verification).isInstanceOf(Rejected.class);
        assertThat(((Rejected) verification).reason())
                .as(verification.toString())
                .isEqualTo(reason);
    }

    @Test
    @Requirement("HAIP-CI-15")
    @DisplayName("finds what was issued: type, claims, holder key, chain, end and status")
    void verified() {
        var verification = verifier.verify(issue(CERTIFIED), ANCHORS, NOW);

        assertThat(verification).isInstanceOf(Verified.class);
        var verified = (Verified) verification;
        assertThat(verified.format()).isEqualTo("dc+sd-jwt");
        assertThat(verified.type()).isEqualTo("urn:eudi:pid:1");
        assertThat(verified.claims().object("address").string("locality")).isEqualTo("Kassel");
        assertThat(verified.claims().strings("nationalities")).containsExactly("DE", "FR");
        assertThat(verified.holderKey().orElseThrow().getRequiredParams())
                .isEqualTo(HOLDER.jwk().getRequiredParams());
        assertThat(verified.chain()).isEqualTo(CERTIFIED.chain()).doesNotContain(CA.anchor());
        assertThat(verified.expires()).contains(Instant.parse("2026-12-02T00:00:00Z"));
        assertThat(verified.status())
                .contains(CredentialStatus.of(new StatusReference(URI.create("https://s.example/1"), 5)));
        assertThat(verified.toString()).doesNotContain("Sandmann");
    }

    @Test
    @DisplayName("reads the format and no other")
    void reads() {
        assertThat(verifier.reads("dc+sd-jwt")).isTrue();
        assertThat(verifier.reads("vc+sd-jwt")).isFalse();
        assertThat(verifier.reads("jwt_vc_json")).isFalse();
    }

    @Test
    @DisplayName("knows the type a configuration promises")
    void type() {
        var pid = SdJwtVcFormatTest.definition("pid");
        var announced = new SdJwtVcFormat(new SecureRandom())
                .configuration(pid, pid.configurations().getFirst(), List.of("ES256"), JWSAlgorithm.ES256);

        assertThat(verifier.type(announced))
                .isEqualTo(((Verified) verifier.verify(issue(CERTIFIED), ANCHORS, NOW)).type());
    }

    @Nested
    @DisplayName("§3.5 Issuer")
    class Issuer {
        @Test
        @DisplayName("that no anchor certifies is not believed, nor one without x5c whose key is unknown")
        void untrusted() {
            rejected(verifier.verify(issue(CERTIFIED), TrustAnchors.none(), NOW), Reason.UNTRUSTED_ISSUER);
            rejected(
                    verifier.verify(issue(CERTIFIED), ANCHORS, NOW.plus(Duration.ofDays(4_000))),
                    Reason.UNTRUSTED_ISSUER);
            rejected(verifier.verify(issue(BARE), ANCHORS, NOW), Reason.UNTRUSTED_ISSUER);
            rejected(
                    knowing.verify(issue(SigningKey.generate(JWSAlgorithm.ES256)), ANCHORS, NOW),
                    Reason.UNTRUSTED_ISSUER);
        }

        @Test
        @DisplayName("may be known by its key")
        void known() {
            assertThat(knowing.verify(issue(BARE), TrustAnchors.none(), NOW)).isInstanceOf(Verified.class);
        }

        @Test
        @DisplayName("known by its key still needs its chain trusted if it shows one")
        void chainDecides() {
            var both = new SdJwtVcVerifier(new JWKSet(CERTIFIED.publicJwk()));

            rejected(both.verify(issue(CERTIFIED), TrustAnchors.none(), NOW), Reason.UNTRUSTED_ISSUER);
        }

        @Test
        @DisplayName("that shows somebody else's certificate is not that somebody")
        void borrowed() {
            var jwt = SdJwt.parse(issue(CERTIFIED)).jwt();
            var forged = SignedJwt.sign(jwt.header().without("alg"), jwt.claims(), BARE);

            rejected(verifier.verify(forged + "~", ANCHORS, NOW), Reason.SIGNATURE);
        }
    }

    @Nested
    @DisplayName("A credential")
    class Credential {
        private final JsonObject header = JsonObject.builder()
                .put("typ", "dc+sd-jwt")
                .put("kid", BARE.publicJwk().getKeyID())
                .build();
        private final JsonObject claims =
                JsonObject.builder().put("vct", "urn:x").build();

        private Verification verify(JsonObject header, JsonObject claims, Disclosure... disclosures) {
            return knowing.verify(
                    SdJwt.assemble(SignedJwt.sign(header, claims, BARE), List.of(disclosures)),
                    TrustAnchors.none(),
                    NOW);
        }

        private JsonObject json(String text) {
            return Json.readObject(text);
        }

        @Test
        @DisplayName("of the legacy typ is read; of another or none it is not")
        void typ() {
            assertThat(verify(header.with("typ", "vc+sd-jwt"), claims)).isInstanceOf(Verified.class);
            rejected(verify(header.with("typ", "JWT"), claims), Reason.TYPE);
            rejected(verify(header.without("typ"), claims), Reason.TYPE);
            rejected(verify(header.with("typ", "DC+SD-JWT"), claims), Reason.TYPE);
        }

        @Test
        @DisplayName("has a vct")
        void vct() {
            rejected(verify(header, JsonObject.empty()), Reason.TYPE);
            rejected(verify(header, json("{\"vct\":\"\"}")), Reason.TYPE);
            rejected(verify(header, json("{\"vct\":1}")), Reason.MALFORMED);
        }

        @ParameterizedTest
        @CsvSource({
            "exp, -61, EXPIRED",
            "exp, -59, ''",
            "exp, 100, ''",
            "nbf, 61, NOT_YET_VALID",
            "nbf, 59, ''",
            "nbf, -100, ''",
            "iat, 4000, ''"
        })
        @DisplayName("is valid from nbf until exp, give or take a minute")
        void times(String claim, long offset, String reason) {
            var verification = verify(header, claims.with(claim, NOW.getEpochSecond() + offset));

            if (reason.isEmpty()) {
                assertThat(verification).isInstanceOf(Verified.class);
            } else {
                rejected(verification, Reason.valueOf(reason));
            }
        }

        @ParameterizedTest
        @CsvSource({
            "exp, -1, EXPIRED",
            "nbf, 253402300799, NOT_YET_VALID",
            "exp, -9223372036854775807, MALFORMED",
            "nbf, 4611686018427387000, MALFORMED",
            "exp, 1e99999, MALFORMED",
            "nbf, '\"soon\"', MALFORMED"
        })
        @DisplayName("may name times beyond all calendars without harm")
        void endOfTime(String claim, String value, Reason reason) {
            rejected(verify(header, json("{\"vct\":\"urn:x\",\"" + claim + "\":" + value + "}")), reason);
        }

        @ParameterizedTest
        @ValueSource(strings = {"iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"})
        @DisplayName("does not leave to the holder what the issuer has to say")
        void neverDisclosed(String name) {
            var disclosure = Disclosure.of("salt", name, "x");
            var digests = claims.with("_sd", List.of(disclosure.digest(HashAlgorithm.SHA_256)));

            rejected(
                    verify(header, name.equals("vct") ? digests.without("vct") : digests, disclosure),
                    Reason.DISCLOSURE);
        }

        @Test
        @DisplayName("may leave iat and sub to the holder")
        void mayBeDisclosed() {
            var disclosure = Disclosure.of("salt", "sub", "x");

            assertThat(verify(
                            header, claims.with("_sd", List.of(disclosure.digest(HashAlgorithm.SHA_256))), disclosure))
                    .isInstanceOf(Verified.class);
        }

        @Test
        @DisplayName("without key is bound to none; with an unreadable or a private one it is refused")
        void holderKey() {
            assertThat(((Verified) verify(header, claims)).holderKey()).isEmpty();
            rejected(verify(header, claims.with("cnf", json("{\"jwk\":{\"kty\":\"EC\"}}"))), Reason.HOLDER_KEY);
            rejected(verify(header, claims.with("cnf", "x")), Reason.HOLDER_KEY);
            var privateKey =
                    "{\"jwk\":{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\","
                            + "\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"}}";
            rejected(verify(header, claims.with("cnf", json(privateKey))), Reason.HOLDER_KEY);
        }

        @Test
        @DisplayName("with a disclosure nobody asked for is refused")
        void extraDisclosure() {
            rejected(verify(header, claims, Disclosure.of("salt", "extra", 1L)), Reason.DISCLOSURE);
        }

        @Test
        @DisplayName("comes without a Key Binding JWT (RFC 9901 §7.2)")
        void keyBinding() {
            var keyBindingJwt = SignedJwt.sign(JsonObject.empty(), JsonObject.empty(), BARE);

            rejected(verifier.verify(issue(CERTIFIED) + keyBindingJwt, ANCHORS, NOW), Reason.MALFORMED);
        }

        @Test
        @DisplayName("is a string of the right kind")
        void kind() {
            rejected(verifier.verify(JsonObject.empty(), ANCHORS, NOW), Reason.MALFORMED);
            rejected(verifier.verify("", ANCHORS, NOW), Reason.MALFORMED);
            rejected(verifier.verify("~".repeat(5_000_000), ANCHORS, NOW), Reason.MALFORMED);
            rejected(verify(header.with("x5c", List.of("AAAA")), claims), Reason.MALFORMED);
            rejected(verify(header.with("x5c", "AAAA"), claims), Reason.MALFORMED);
            rejected(
                    verify(header, claims.with("status", json("{\"status_list\":{\"idx\":-1,\"uri\":\"https://x\"}}"))),
                    Reason.MALFORMED);
            rejected(
                    verify(header, claims.with("status", json("{\"status_list\":{\"idx\":1,\"uri\":\"not a uri\"}}"))),
                    Reason.MALFORMED);
        }
    }

    @Nested
    @DisplayName("Anything changed")
    class Changed {
        @Test
        @DisplayName("is refused, whichever byte it was: a thousand of them")
        void flipped() {
            var random = new Random(42);
            var bytes = issue(CERTIFIED).getBytes(StandardCharsets.US_ASCII);
            for (var i = 0; i < 1_000; i++) {
                var changed = bytes.clone();
                changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                var text = new String(changed, StandardCharsets.ISO_8859_1);

                assertThat(verifier.verify(text, ANCHORS, NOW)).as("round " + i).isInstanceOf(Rejected.class);
            }
        }

        @Test
        @DisplayName("is refused, also when bits are lost, doubled or moved")
        void shuffled() {
            var random = new Random(43);
            var credential = issue(CERTIFIED);
            for (var i = 0; i < 500; i++) {
                var from = random.nextInt(credential.length());
                var to = from + 1 + random.nextInt(credential.length() - from);
                var cut = credential.substring(0, from) + credential.substring(to);
                // Disclosures may be left out; that is what they are for.
                var fewerDisclosures = credential.charAt(Math.max(0, from - 1)) == '~'
                                && credential.charAt(to - 1) == '~'
                        || credential.charAt(from) == '~' && to < credential.length() && credential.charAt(to) == '~';
                var verification = verifier.verify(cut, ANCHORS, NOW);
                if (!fewerDisclosures) {
                    assertThat(verification).as("round " + i).isInstanceOf(Rejected.class);
                }
                var doubled = credential.substring(0, to) + credential.substring(from);
                assertThat(verifier.verify(doubled, ANCHORS, NOW))
                        .as("round " + i)
                        .isInstanceOf(Rejected.class);
            }
        }

        @Test
        @DisplayName("in the middle of nowhere is refused without an exception")
        void noise() {
            var random = new Random(44);
            for (var i = 0; i < 500; i++) {
                var noise = new byte[random.nextInt(400)];
                random.nextBytes(noise);
                var text = new String(noise, StandardCharsets.ISO_8859_1) + (random.nextBoolean() ? "~" : "");

                assertThat(verifier.verify(text, ANCHORS, NOW)).isInstanceOf(Rejected.class);
            }
        }
    }
}
