package dev.intaglio.testing.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.issuer.log.Checkpoint;
import dev.intaglio.issuer.log.CheckpointKeys;
import dev.intaglio.issuer.log.InclusionProof;
import dev.intaglio.issuer.log.IssuanceLog;
import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.issuer.log.LogRecord;
import dev.intaglio.issuer.log.LogVerifier;
import dev.intaglio.issuer.log.LogVerifier.Result;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.testing.AdjustableClock;
import dev.intaglio.testing.store.InMemoryStores;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The issuance log, changed by somebody")
class TamperedLogTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final SigningKey KEY = SigningKey.generate(JWSAlgorithm.ES256);
    private static final Map<String, Optional<String>> CHECKED = new ConcurrentHashMap<>();

    /// Thousands of logs with the same checkpoints are verified here.
    private static final CheckpointKeys KEYS = checkpoint -> CHECKED.computeIfAbsent(
            checkpoint.jwt().compact(), jwt -> CheckpointKeys.of(List.of(KEY)).fault(checkpoint));
    private static final int RECORDS = 60;

    private static final InMemoryStores STORES = new InMemoryStores();
    private static final AdjustableClock CLOCK = AdjustableClock.at(NOW);
    private static final List<String> LINES = new ArrayList<>();
    private static IssuanceLog log = log(STORES, KEY);

    private static IssuanceLog log(InMemoryStores stores, SigningKey key) {
        return new IssuanceLog(
                URI.create("https://issuer.example"),
                stores.log(),
                stores.leases(),
                stores.issuances(),
                KeyRing.of(key),
                CLOCK,
                new SecureRandom());
    }

    /// Checkpoints after 1, 2, 3, … records.
    @BeforeAll
    static void write() {
        var words = new LogEvents(new SecureRandom());
        var batch = 1;
        var left = batch;
        for (int number = 0; number < RECORDS; number++) {
            var id = "issuance-" + number;
            STORES.issuances()
                    .record(
                            new IssuanceRecord(
                                    id,
                                    "authorization",
                                    "degree",
                                    "erika",
                                    2,
                                    NOW,
                                    Optional.empty(),
                                    Optional.of(words.issued(
                                            id,
                                            "degree",
                                            "key-1",
                                            List.of(Optional.empty(), Optional.empty()),
                                            CLOCK.instant()))),
                            List.of());
            CLOCK.advance(Duration.ofSeconds(1));
            if (--left == 0) {
                log.sequence();
                left = ++batch;
            }
        }
        log.sequence();
        log.export(0, 1_000, LINES::add);
    }

    private static Result verify(List<String> lines, Checkpoint... known) {
        return verify(lines, KEYS, known);
    }

    private static Result verify(List<String> lines, CheckpointKeys keys, Checkpoint... known) {
        var verifier = new LogVerifier(keys, List.of(known));
        lines.forEach(verifier::line);
        return verifier.end();
    }

    private static boolean isRecord(String line) {
        return line.startsWith("{\"index\"");
    }

    private static List<Integer> records() {
        var places = new ArrayList<Integer>();
        for (int line = 0; line < LINES.size(); line++) {
            if (isRecord(LINES.get(line))) {
                places.add(line);
            }
        }
        return places;
    }

    private static long wrongAt(Result result) {
        assertThat(result).isInstanceOf(Result.Wrong.class);
        return ((Result.Wrong) result).line();
    }

    @Test
    @DisplayName("is whole as it was written, and names nobody")
    void whole() {
        assertThat(verify(LINES))
                .isInstanceOfSatisfying(
                        Result.Whole.class,
                        result -> assertThat(result.records()).isEqualTo(RECORDS));
        assertThat(records()).hasSize(RECORDS);
        assertThat(String.join("", LINES)).doesNotContain("erika", "authorization", "issuance-");
    }

    @Test
    @DisplayName(
            "each single record that is altered, in any of its characters, is found, at the record or the line after it")
    void altered() {
        var random = new Random(11);
        for (var place : records()) {
            var line = LINES.get(place);
            for (int round = 0; round < 25; round++) {
                var at = random.nextInt(line.length());
                var other = (char) ('0' + (line.charAt(at) - '0' + 1 + random.nextInt(9)) % 75);
                if (other == line.charAt(at)) {
                    continue;
                }
                var changed = new ArrayList<>(LINES);
                changed.set(place, line.substring(0, at) + other + line.substring(at + 1));
                assertThat(wrongAt(verify(changed))).as(changed.get(place)).isBetween(place + 1L, place + 2L);
            }
        }
    }

    @Test
    @DisplayName("each single record that is dropped or duplicated is found where it was")
    void droppedOrDuplicated() {
        for (var place : records()) {
            var dropped = new ArrayList<>(LINES);
            dropped.remove((int) place);
            assertThat(wrongAt(verify(dropped))).isEqualTo(place + 1L);
            var duplicated = new ArrayList<>(LINES);
            duplicated.add(place, LINES.get(place));
            assertThat(wrongAt(verify(duplicated))).isEqualTo(place + 2L);
        }
    }

    @Test
    @DisplayName("each two lines that changed places are found where the first was")
    void reordered() {
        for (int first = 0; first < LINES.size(); first++) {
            for (int second = first + 1; second < LINES.size(); second++) {
                var changed = new ArrayList<>(LINES);
                changed.set(first, LINES.get(second));
                changed.set(second, LINES.get(first));
                // A checkpoint behind the next record is found there, one line on.
                assertThat(wrongAt(verify(changed))).isBetween(first + 1L, first + 2L);
            }
        }
    }

    @Test
    @DisplayName("each checkpoint that is dropped is found at the next")
    void droppedCheckpoint() {
        for (int line = 0; line < LINES.size(); line++) {
            if (!isRecord(LINES.get(line))) {
                var changed = new ArrayList<>(LINES);
                changed.remove(line);
                assertThat(wrongAt(verify(changed))).isGreaterThan(line);
            }
        }
    }

    @Test
    @DisplayName("each truncation is found against a known checkpoint, and within a batch without one")
    void truncated() {
        var last = log.checkpoint().orElseThrow();
        for (int length = 0; length < LINES.size(); length++) {
            var cut = LINES.subList(0, length);
            assertThat(wrongAt(verify(cut, last))).isEqualTo(length + 1L);
            if (length > 0 && isRecord(cut.getLast())) {
                assertThat(wrongAt(verify(cut))).isEqualTo(length + 1L);
            }
        }
    }

    /// Somebody who has the database and not the key: alters one record and writes everything after it anew.
    @Test
    @DisplayName("a record that is altered with all that follows from it is found at its checkpoint")
    void forgedWithoutTheKey() throws Exception {
        for (var place : records()) {
            var forged = relinked(place);
            var next = place;
            while (isRecord(LINES.get(next))) {
                next++;
            }
            assertThat(wrongAt(verify(forged))).isEqualTo(next + 1L);
        }
    }

    private static List<String> relinked(int place) throws Exception {
        var forged = new ArrayList<>(LINES);
        forged.set(place, LINES.get(place).replace("\"configuration\":\"degree\"", "\"configuration\":\"another\""));
        var previous = leaf(forged.get(place));
        for (int line = place + 1; line < forged.size(); line++) {
            if (isRecord(forged.get(line))) {
                var record = LogRecord.read(forged.get(line));
                forged.set(line, forged.get(line).replace(record.previous(), previous));
                previous = leaf(forged.get(line));
            }
        }
        return forged;
    }

    private static String leaf(String line) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        digest.update((byte) 0);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(digest.digest(line.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName(
            "a log signed anew by another key, or by the issuer's after the fact, is no continuation of a known checkpoint")
    void otherLog() {
        var known = Checkpoint.read(Json.readObject(LINES.get(1)).string("checkpoint")); // after the first record
        var stores = new InMemoryStores();
        var other = SigningKey.generate(JWSAlgorithm.ES256);
        for (var key : List.of(KEY, other)) {
            var rewritten = log(stores, key);
            stores.log().add(new LogEvents(new SecureRandom()).deferred("degree", NOW));
            rewritten.sequence();
            var lines = new ArrayList<String>();
            rewritten.export(0, 1_000, lines::add);
            assertThat(wrongAt(verify(lines, CheckpointKeys.asNamed(), known))).isEqualTo(1);
        }
        assertThat(verify(LINES, CheckpointKeys.of(List.of(other)))).isInstanceOf(Result.Wrong.class);
    }

    @Test
    @DisplayName("a proof of inclusion stands alone, and falls with any change to it")
    void proofs() {
        for (int number = 0; number < RECORDS; number += 7) {
            var proof = log.prove("issuance-" + number, 1).orElseThrow();
            assertThat(InclusionProof.read(proof.write())).isEqualTo(proof);
            var shown = proof.verify(KEYS, Optional.of(""));
            assertThat(shown.record().index()).isEqualTo(number);
            assertThat(shown.keyMatches()).contains(true);
            for (var step = 0; step < proof.path().size(); step++) {
                var path = new ArrayList<>(proof.path());
                path.set(step, LogRecord.NONE);
                var changed = new InclusionProof(
                        proof.issuanceId(), 1, proof.opening(), proof.record(), path, proof.checkpoint());
                assertThatIllegalArgumentException().isThrownBy(() -> changed.verify(KEYS, Optional.empty()));
            }
            var record = new InclusionProof(
                    proof.issuanceId(),
                    1,
                    proof.opening(),
                    proof.record().replace("degree", "another"),
                    proof.path(),
                    proof.checkpoint());
            assertThatIllegalArgumentException().isThrownBy(() -> record.verify(KEYS, Optional.empty()));
            var credential = new InclusionProof(
                    "issuance-x", 1, proof.opening(), proof.record(), proof.path(), proof.checkpoint());
            assertThat(credential.verify(KEYS, Optional.of("")).keyMatches()).contains(false);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> proof.verify(
                            CheckpointKeys.of(List.of(SigningKey.generate(JWSAlgorithm.ES256))), Optional.empty()));
        }
    }
}
