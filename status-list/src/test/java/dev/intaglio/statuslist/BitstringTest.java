package dev.intaglio.statuslist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.credential.BitstringStatusListEntry;
import dev.intaglio.credential.BitstringStatusListEntry.Message;
import dev.intaglio.statuslist.StatusListException.Problem;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Bitstring Status List 1.0")
class BitstringTest {
    private static final Instant NOW = Instant.parse("2026-11-03T10:15:30Z");
    private static final URI ID = URI.create("https://issuer.example/status-credentials/1-revocation");

    @Test
    @DisplayName("§2.2 the example of the standard is 16 KiB of nothing")
    void example() {
        var vector = Vectors.all().object("bitstring");
        var list = Bitstring.read(vector.string("encodedList"), 1);
        assertThat(list.size()).isEqualTo(8 * (int) vector.integer("uncompressedBytes"));
        assertThat(list).isEqualTo(Bitstring.of(1, Bitstring.FEWEST, index -> 0));
    }

    @Test
    @DisplayName("§2.2 index 0 is the left-most bit")
    void leftMost() throws Exception {
        var array = new byte[16_384];
        array[0] = (byte) 0b1000_0001;
        var compressed = new ByteArrayOutputStream();
        try (var output = new GZIPOutputStream(compressed)) {
            output.write(array);
        }
        var list = Bitstring.read(
                "u" + Base64.getUrlEncoder().withoutPadding().encodeToString(compressed.toByteArray()), 1);
        assertThat(list).isEqualTo(Bitstring.of(1, Bitstring.FEWEST, index -> index == 0 || index == 7 ? 1 : 0));
        assertThat(list.status(0)).isOne();
        assertThat(list.status(1)).isZero();
        assertThat(list.status(7)).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    @DisplayName("what was written is read again")
    void roundTrips(int statusSize) {
        var statuses = new Random(statusSize)
                .ints(Bitstring.FEWEST + 8, 0, 1 << statusSize)
                .toArray();
        var list = Bitstring.of(statusSize, statuses.length, index -> statuses[index]);
        assertThat(Bitstring.read(list.encoded(), statusSize)).isEqualTo(list);
        for (var index = 0; index < statuses.length; index += 11) {
            assertThat(list.status(index)).isEqualTo(statuses[index]);
        }
    }

    @Test
    @DisplayName("§3.2 a list that is too short, an index it has not, and what is no list are told apart")
    void problems() throws Exception {
        var compressed = new ByteArrayOutputStream();
        try (var output = new GZIPOutputStream(compressed)) {
            output.write(new byte[16_383]);
        }
        var tooShort = "u" + Base64.getUrlEncoder().withoutPadding().encodeToString(compressed.toByteArray());
        assertProblem(Problem.STATUS_LIST_LENGTH_ERROR, () -> Bitstring.read(tooShort, 1));
        assertProblem(Problem.STATUS_LIST_LENGTH_ERROR, () -> Bitstring.of(1, Bitstring.FEWEST - 1, index -> 0));
        var list = Bitstring.of(1, Bitstring.FEWEST, index -> 0);
        // Of entries of two bits it holds half as many, and those are too few.
        assertProblem(Problem.STATUS_LIST_LENGTH_ERROR, () -> Bitstring.read(list.encoded(), 2));
        assertProblem(Problem.RANGE_ERROR, () -> list.status(Bitstring.FEWEST));
        assertProblem(
                Problem.MALFORMED_VALUE_ERROR,
                () -> Bitstring.read(list.encoded().substring(1), 1));
        assertProblem(Problem.MALFORMED_VALUE_ERROR, () -> Bitstring.read("uAAAA", 1));
    }

    @Test
    @DisplayName("§2.2 the credential holds list, purpose and times, and tells the status of an entry")
    void credential() {
        var list = Bitstring.of(1, Bitstring.FEWEST, index -> index == 94_567 ? 1 : 0);
        var credential = new BitstringStatusListCredential(
                ID,
                "revocation",
                list,
                List.of(),
                NOW,
                Optional.of(NOW.plusSeconds(3_600)),
                Optional.of(Duration.ofMinutes(5)));
        var document = credential.document();
        assertThat(document.strings("type")).containsExactly("VerifiableCredential", "BitstringStatusListCredential");
        assertThat(document.object("credentialSubject").integer("ttl")).isEqualTo(300_000);

        assertThat(status(document, "revocation", 94_567, NOW)).isOne();
        assertThat(status(document, "revocation", 94_566, NOW)).isZero();
        assertProblem(Problem.STATUS_VERIFICATION_ERROR, () -> status(document, "suspension", 1, NOW));
        assertProblem(
                Problem.STATUS_VERIFICATION_ERROR, () -> status(document, "revocation", 1, NOW.plusSeconds(3_600)));
        assertProblem(
                Problem.STATUS_VERIFICATION_ERROR,
                () -> status(document.with("id", "https://issuer.example/other"), "revocation", 1, NOW));
        assertProblem(
                Problem.MALFORMED_VALUE_ERROR,
                () -> status(document.with("type", List.of("VerifiableCredential")), "revocation", 1, NOW));
    }

    @Test
    @DisplayName("§2.2 a list of messages has a message for each value")
    void messages() {
        var messages = List.of(
                new Message(0, "valid"),
                new Message(1, "revoked"),
                new Message(2, "suspended"),
                new Message(3, "expired"));
        var list = Bitstring.of(2, Bitstring.FEWEST, index -> index % 4);
        var credential = new BitstringStatusListCredential(
                ID, BitstringStatusListEntry.MESSAGE, list, messages, NOW, Optional.empty(), Optional.empty());
        var entry = new BitstringStatusListEntry(ID, 6, BitstringStatusListEntry.MESSAGE, 2, messages);
        assertThat(BitstringStatusListEntry.read(entry.write())).isEqualTo(entry);
        assertThat(BitstringStatusListCredential.status(credential.document(), entry, NOW))
                .isEqualTo(2);
        assertThat(credential.document().object("credentialSubject").objects("statusMessages"))
                .extracting(message -> message.string("status"))
                .containsExactly("0x0", "0x1", "0x2", "0x3");
        assertThatThrownBy(() -> new BitstringStatusListEntry(ID, 6, BitstringStatusListEntry.MESSAGE, 2, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("both standards' lists are made from the same statuses, each in its own order of bits")
    void oneState() {
        var statuses = new Random(3).ints(Bitstring.FEWEST, 0, 3).toArray();
        var token = StatusList.of(2, statuses.length, index -> statuses[index]);
        var revocation = Bitstring.of(1, statuses.length, index -> statuses[index] == 1 ? 1 : 0);
        var suspension = Bitstring.of(1, statuses.length, index -> statuses[index] == 2 ? 1 : 0);
        for (var index = 0; index < statuses.length; index++) {
            assertThat(token.status(index)).isEqualTo(revocation.status(index) + 2 * suspension.status(index));
        }
    }

    private static int status(dev.intaglio.protocol.json.JsonObject document, String purpose, long index, Instant now) {
        return BitstringStatusListCredential.status(document, new BitstringStatusListEntry(ID, index, purpose), now);
    }

    private static void assertProblem(Problem problem, Runnable check) {
        assertThatThrownBy(check::run)
                .isInstanceOfSatisfying(
                        StatusListException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(problem));
    }
}
