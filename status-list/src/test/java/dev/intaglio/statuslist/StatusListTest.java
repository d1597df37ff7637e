package dev.intaglio.statuslist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.credential.cbor.CborReader;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.statuslist.StatusListException.Problem;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Token Status List §4 Status List")
class StatusListTest {
    static Stream<JsonObject> shortVectors() {
        return Vectors.all().objects("short").stream();
    }

    static Stream<JsonObject> longVectors() {
        return Vectors.all().objects("long").stream();
    }

    @ParameterizedTest
    @MethodSource("shortVectors")
    @Requirement("CI-STAT-3")
    @DisplayName("the examples of §4.1 are read and written, the first status in the lowest bits")
    void examples(JsonObject vector) {
        var bits = (int) vector.integer("bits");
        var array = HexFormat.of().parseHex(vector.string("bytes"));
        var statuses = bits == 1
                ? new int[] {1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1}
                : new int[] {1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3};

        var made = StatusList.of(bits, statuses.length, index -> statuses[index]);
        assertThat(made.array()).isEqualTo(array);

        var read = StatusList.read(JsonObject.builder()
                .put("bits", bits)
                .put("lst", vector.string("lst"))
                .build());
        assertThat(read).isEqualTo(made);
        for (var index = 0; index < statuses.length; index++) {
            assertThat(read.status(index)).isEqualTo(statuses[index]);
        }
    }

    @Test
    @DisplayName("§4.3 in CBOR the list is a map of bits and lst")
    void cbor() {
        var list = StatusList.packed(1, HexFormat.of().parseHex("b9a3"));
        var example = HexFormat.of().parseHex("a2646269747301636c73744a78dadbb918000217015d");
        // Ours is the deterministic encoding, which has the shorter key first.
        assertThat(list.cbor(Optional.empty())).isEqualTo(CborReader.read(example));
        assertThat(StatusList.read(CborReader.read(example))).isEqualTo(list);
    }

    @ParameterizedTest
    @MethodSource("longVectors")
    @Requirement("CI-STAT-3")
    @DisplayName("the test vectors of a million statuses are read, and made again to the same bytes")
    void vectors(JsonObject vector) {
        var bits = (int) vector.integer("bits");
        var size = (int) Vectors.all().integer("size");
        var set = Vectors.set(vector);

        var read = StatusList.read(vector);
        assertThat(read.size()).isEqualTo(size);
        set.forEach((index, status) -> assertThat(read.status(index)).isEqualTo(status));

        var made = StatusList.of(bits, size, index -> set.getOrDefault(index, 0));
        assertThat(made).isEqualTo(read);
        assertThat(StatusList.read(made.json(Optional.empty()))).isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    @DisplayName("what was written is read again, whatever it is")
    void roundTrips(int bits) {
        var random = new Random(bits);
        for (var size : new int[] {8, 64, 10_000, 100_000}) {
            var statuses = random.ints(size, 0, 1 << bits).toArray();
            var list = StatusList.of(bits, size, index -> statuses[index]);
            assertThat(StatusList.read(list.json(Optional.empty()))).isEqualTo(list);
            assertThat(StatusList.read(list.cbor(Optional.empty()))).isEqualTo(list);
            for (var index = 0; index < size; index += 7) {
                assertThat(list.status(index)).isEqualTo(statuses[index]);
            }
        }
    }

    @Test
    @DisplayName("§8.3 an index out of range says nothing")
    void outOfRange() {
        var list = StatusList.of(2, 16, index -> 0);
        for (var index : new long[] {-1, 16, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> list.status(index))
                    .isInstanceOfSatisfying(
                            StatusListException.class,
                            refused -> assertThat(refused.problem()).isEqualTo(Problem.RANGE_ERROR));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3, 5, 16, -1, Long.MAX_VALUE})
    @DisplayName("a status has 1, 2, 4 or 8 bits")
    void otherBits(long bits) {
        var json = JsonObject.builder()
                .put("bits", bits)
                .put("lst", "eNrbuRgAAhcBXQ")
                .build();
        assertThatThrownBy(() -> StatusList.read(json)).isInstanceOf(StatusListException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "eNrbuRg", "§", "H4sIAAAAAAAAAA"})
    @DisplayName("what is not compressed as it should be is refused")
    void notCompressed(String lst) {
        var json = JsonObject.builder().put("bits", 1).put("lst", lst).build();
        assertThatThrownBy(() -> StatusList.read(json)).isInstanceOf(StatusListException.class);
    }

    @Test
    @DisplayName("a few bytes that stand for very many are refused")
    void bomb() throws Exception {
        var compressed = new ByteArrayOutputStream();
        try (var output = new DeflaterOutputStream(compressed)) {
            for (var megabyte = 0; megabyte < 64; megabyte++) {
                output.write(new byte[1024 * 1024]);
            }
        }
        var json = JsonObject.builder()
                .put("bits", 1)
                .put("lst", Base64.getUrlEncoder().withoutPadding().encodeToString(compressed.toByteArray()))
                .build();
        assertThatThrownBy(() -> StatusList.read(json))
                .isInstanceOf(StatusListException.class)
                .hasMessageContaining("longer than");
    }
}
