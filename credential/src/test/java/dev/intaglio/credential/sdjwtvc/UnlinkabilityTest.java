package dev.intaglio.credential.sdjwtvc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Verifiers who compare what they saw must not find out which copies came in one batch (RFC 9901 §10.1, §15.4.1). What they
/// could compare is looked at over many real batches; and each way of looking is shown to find something where the
/// protection is missing.
@DisplayName("Copies of one batch")
class UnlinkabilityTest {
    private static final int BATCHES = 1_000;
    private static final int COPIES = 20;
    private static final Instant MIDNIGHT = Instant.parse("2026-11-03T00:00:00Z");

    private static final CredentialDefinition CARD = CredentialDefinition.read("""
            id: card
            display: [{locale: en, name: Card}]
            claims:
              - {path: [family_name]}
              - {path: [given_name]}
              - {path: [birth_date]}
              - {path: [address]}
              - {path: [address, locality]}
              - {path: [address, country]}
              - {path: [nationalities, null]}
            decoys: 4
            formats:
              dc+sd-jwt: {vct: "urn:example:card"}
            """, "card.yaml");

    private static final CredentialDataset DATASET =
            new CredentialDataset(Json.readObject("""
                    {"family_name": "Mustermann", "given_name": "Erika", "birth_date": "1964-08-12",
                     "address": {"locality": "Köln", "country": "DE"}, "nationalities": ["DE", "FR"]}
                    """.getBytes(StandardCharsets.UTF_8)));

    private static final SigningKey KEY = new FastKey();

    /// What a verifier can compare of one copy.
    ///
    /// @param order where the digest of the first claim stands among the digests
    private record Copy(Set<String> salts, Set<String> digests, List<Long> times, int size, int order) {
        static Copy of(String credential) {
            var payload = SignedJwt.parse(credential.substring(0, credential.indexOf('~')))
                    .claims();
            var disclosures = Arrays.stream(credential.split("~")).skip(1).toList();
            var salts = new HashSet<String>();
            disclosures.forEach(
                    disclosure -> salts.add((String) array(disclosure).getFirst()));
            assertThat(salts).hasSize(disclosures.size());
            var digests = payload.strings("_sd");
            var first = disclosures.stream()
                    .filter(disclosure -> array(disclosure).contains("family_name"))
                    .map(disclosure -> SignedJwt.sha256(disclosure.getBytes(StandardCharsets.US_ASCII)))
                    .findFirst()
                    .orElseThrow();
            return new Copy(
                    salts,
                    new HashSet<>(digests),
                    List.of(payload.integer("iat"), payload.integer("nbf"), payload.integer("exp")),
                    credential.length(),
                    digests.indexOf(first));
        }

        private static List<?> array(String disclosure) {
            return (List<?>) Json.read(Base64.getUrlDecoder().decode(disclosure), JsonLimits.DOCUMENT);
        }
    }

    /// @param alter what the issuer does wrong to the copy of this number
    private static List<List<Copy>> batches(
            int count,
            BiFunction<Integer, SecureRandom, SecureRandom> randomness,
            BiFunction<Issued, String, String> alter) {
        var clock = new Random(7);
        var random = new SecureRandom();
        return IntStream.range(0, count)
                .mapToObj(batch -> {
                    var now = MIDNIGHT.plusMillis(1 + clock.nextInt(86_399_999));
                    return IntStream.range(0, COPIES)
                            .mapToObj(number -> {
                                var format = new SdJwtVcFormat(randomness.apply(batch, random));
                                var issued = format.issue(new Issuance(
                                        CARD,
                                        CARD.configurations().getFirst(),
                                        DATASET,
                                        Optional.of(holderKey(random)),
                                        Optional.empty(),
                                        KEY,
                                        URI.create("https://issuer.example"),
                                        now));
                                return Copy.of(alter.apply(new Issued(number, now), issued));
                            })
                            .toList();
                })
                .toList();
    }

    private record Issued(int number, Instant at) {}

    private static List<List<Copy>> batches(int count) {
        return batches(count, (batch, random) -> random, (issued, credential) -> credential);
    }

    private static List<List<Copy>> batches(int count, BiFunction<Issued, JsonObject, JsonObject> alter) {
        return batches(count, (batch, random) -> random, (issued, credential) -> {
            var tilde = credential.indexOf('~');
            var parts = credential.substring(0, tilde).split("\\.");
            var payload = Json.readObject(Base64.getUrlDecoder().decode(parts[1]));
            var altered = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(alter.apply(issued, payload).bytes());
            return parts[0] + "." + altered + "." + parts[2] + credential.substring(tilde);
        });
    }

    // What gives copies away; empty if nothing does.

    private static Optional<String> sharedValue(List<List<Copy>> batches) {
        var seen = new HashSet<String>();
        for (var batch : batches) {
            for (var copy : batch) {
                for (var values : List.of(copy.salts(), copy.digests())) {
                    for (var value : values) {
                        if (!seen.add(value)) {
                            return Optional.of("two copies share " + value);
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// Times are no secret as long as many batches say the same.
    private static Optional<String> tellingTime(List<List<Copy>> batches) {
        return rare(batches, "times", copy -> copy.times());
    }

    private static Optional<String> tellingSize(List<List<Copy>> batches) {
        var rare = rare(batches, "a size", Copy::size);
        if (rare.isPresent()) {
            return rare;
        }
        // A size must not go with a place in the batch either.
        var means = IntStream.range(0, COPIES)
                .mapToDouble(place -> batches.stream()
                        .mapToInt(batch -> batch.get(place).size())
                        .average()
                        .orElseThrow())
                .sorted()
                .toArray();
        var spread = means[COPIES - 1] - means[0];
        return spread > 80 ? Optional.of("sizes differ by place in the batch by " + spread) : Optional.empty();
    }

    private static Optional<String> tellingOrder(List<List<Copy>> batches) {
        var places = new TreeSet<Integer>();
        batches.forEach(batch -> batch.forEach(copy -> places.add(copy.order())));
        return places.size() < 4
                ? Optional.of("the digest of the first claim stands only at " + places)
                : Optional.empty();
    }

    /// A value that few batches have points to them.
    private static <T> Optional<String> rare(List<List<Copy>> batches, String what, Function<Copy, T> value) {
        var batchesByValue = new HashMap<T, Set<Integer>>();
        for (int batch = 0; batch < batches.size(); batch++) {
            for (var copy : batches.get(batch)) {
                batchesByValue
                        .computeIfAbsent(value.apply(copy), same -> new HashSet<>())
                        .add(batch);
            }
        }
        // The tails of the sum of several decoy counts are thin; three batches are as good as any of a crowd.
        return batchesByValue.values().stream()
                .filter(having -> having.size() < 3)
                .findFirst()
                .map(having -> what + " that only " + having.size() + " of " + batches.size() + " batches have");
    }

    @Test
    @Requirement({"CI-PRIV-1", "CI-PRIV-2", "CI-CRED-11"})
    @DisplayName(
            "share no salt and no digest, say the same times as any other batch of the day, and have sizes and orders like any other")
    void unlinkable() {
        var batches = batches(BATCHES);
        assertThat(sharedValue(batches)).isEmpty();
        assertThat(tellingTime(batches)).isEmpty();
        assertThat(tellingSize(batches)).isEmpty();
        assertThat(tellingOrder(batches)).isEmpty();
    }

    @Nested
    @DisplayName("would be found out")
    class Without {
        private static final int SOME = 60;

        @Test
        @DisplayName("with randomness that repeats")
        void randomnessThatRepeats() {
            var repeated = batches(2, (batch, random) -> new Repeating(batch), (issued, credential) -> credential);
            assertThat(sharedValue(repeated)).isPresent();
        }

        @Test
        @DisplayName("with one salt for a batch")
        void oneDigestForABatch() {
            var shared = batches(
                    2,
                    (issued, payload) ->
                            payload.with("_sd", replaced(payload.strings("_sd"), "decoy-of-" + issued.at())));
            assertThat(sharedValue(shared)).isPresent();
        }

        @Test
        @DisplayName("with times to the second, or to the minute")
        void exactTimes() {
            for (var unit : List.of(1L, 60L)) {
                var exact = batches(SOME, (issued, payload) -> {
                    var second = issued.at().getEpochSecond() / unit * unit;
                    return payload.with("iat", second).with("nbf", second).with("exp", second + 86_400 * 90);
                });
                assertThat(tellingTime(exact)).isPresent();
            }
        }

        @Test
        @DisplayName("with digests in the order of the claims")
        void unsorted() {
            // As they would stand if nobody sorted them: the first claim first.
            var unsorted = batches(SOME).stream()
                    .map(batch -> batch.stream()
                            .map(copy -> new Copy(copy.salts(), copy.digests(), copy.times(), copy.size(), 0))
                            .toList())
                    .toList();
            assertThat(tellingOrder(unsorted)).isPresent();
        }

        @Test
        @DisplayName("with a number of decoys that goes with the place in the batch, or with the batch")
        void countedDecoys() {
            assertThat(tellingSize(batches(SOME, (issued, payload) -> padded(payload, issued.number()))))
                    .isPresent();
            assertThat(tellingSize(batches(
                            SOME,
                            (issued, payload) -> padded(payload, issued.at().hashCode() & 0x3f))))
                    .isPresent();
        }

        private JsonObject padded(JsonObject payload, int more) {
            var digests = new ArrayList<>(payload.strings("_sd"));
            for (int i = 0; i < more; i++) {
                digests.add(SignedJwt.sha256((payload.hashCode() + "decoy" + i).getBytes(StandardCharsets.UTF_8)));
            }
            Collections.sort(digests);
            return payload.with("_sd", digests);
        }

        private List<String> replaced(List<String> digests, String last) {
            var copy = new ArrayList<>(digests);
            copy.add(last);
            return copy;
        }
    }

    private static HolderKey holderKey(SecureRandom random) {
        var point = new byte[32];
        random.nextBytes(point);
        return new HolderKey(new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point)).build());
    }

    /// Always the same for one batch.
    private static final class Repeating extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient Random source;

        Repeating(int seed) {
            source = new Random(seed);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            source.nextBytes(bytes);
        }
    }

    /// Signs in no time; nobody verifies here.
    private static final class FastKey implements SigningKey {
        private final JWK jwk = SigningKey.generate(JWSAlgorithm.ES256).publicJwk();
        private final SecureRandom random = new SecureRandom();

        @Override
        public JWSAlgorithm algorithm() {
            return JWSAlgorithm.ES256;
        }

        @Override
        public JWK publicJwk() {
            return jwk;
        }

        @Override
        public List<X509Certificate> chain() {
            return List.of();
        }

        @Override
        public byte[] sign(byte[] message) {
            var signature = new byte[64];
            random.nextBytes(signature);
            return signature;
        }
    }
}
