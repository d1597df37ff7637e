package dev.intaglio.credential.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborTest {
    private static final HexFormat HEX = HexFormat.of();

    private static Cbor read(String hex) {
        return CborReader.read(HEX.parseHex(hex));
    }

    @Nested
    @DisplayName("The examples of RFC 8949, Appendix A,")
    class Examples {
        @ParameterizedTest(name = "{0} is {1}")
        @CsvSource({
            "0, 00",
            "1, 01",
            "10, 0a",
            "23, 17",
            "24, 1818",
            "25, 1819",
            "100, 1864",
            "1000, 1903e8",
            "1000000, 1a000f4240",
            "1000000000000, 1b000000e8d4a51000",
            "18446744073709551615, 1bffffffffffffffff",
            "18446744073709551616, c249010000000000000000",
            "-18446744073709551616, 3bffffffffffffffff",
            "-18446744073709551617, c349010000000000000000",
            "-1, 20",
            "-10, 29",
            "-100, 3863",
            "-1000, 3903e7"
        })
        @DisplayName("for integers")
        void integers(BigInteger number, String hex) {
            assertThat(HEX.formatHex(Cbor.of(number).encoded())).isEqualTo(hex);
            assertThat(read(hex)).isEqualTo(Cbor.of(number));
        }

        @ParameterizedTest(name = "{0} is {1}")
        @CsvSource({
            "0.0, f90000",
            "-0.0, f98000",
            "1.0, f93c00",
            "1.1, fb3ff199999999999a",
            "1.5, f93e00",
            "65504.0, f97bff",
            "100000.0, fa47c35000",
            "3.4028234663852886e+38, fa7f7fffff",
            "1.0e+300, fb7e37e43c8800759c",
            "5.960464477539063e-8, f90001",
            "0.00006103515625, f90400",
            "-4.0, f9c400",
            "-4.1, fbc010666666666666",
            "Infinity, f97c00",
            "NaN, f97e00",
            "-Infinity, f9fc00"
        })
        @DisplayName("for floating-point numbers, in the shortest form")
        void floats(double number, String hex) {
            assertThat(HEX.formatHex(new Cbor.Float(number).encoded())).isEqualTo(hex);
            assertThat(read(hex)).isEqualTo(new Cbor.Float(number));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "f4",
                    "f5",
                    "f6",
                    "f7",
                    "f0",
                    "f8ff",
                    "c074323031332d30332d32315432303a30343a30305a",
                    "c11a514b67b0",
                    "d74401020304",
                    "d818456449455446",
                    "40",
                    "4401020304",
                    "60",
                    "6161",
                    "6449455446",
                    "62225c",
                    "62c3bc",
                    "63e6b0b4",
                    "64f0908591",
                    "80",
                    "83010203",
                    "8301820203820405",
                    "98190102030405060708090a0b0c0d0e0f101112131415161718181819",
                    "a0",
                    "a201020304",
                    "a26161016162820203",
                    "826161a161626163",
                    "a56161614161626142616361436164614461656145"
                })
        @DisplayName("for everything else are read, and written as they were")
        void others(String hex) {
            assertThat(HEX.formatHex(read(hex).encoded())).isEqualTo(hex);
        }

        @Test
        @DisplayName("for other widths of a number are read, and written in the shortest (§4.2.1)")
        void widths() {
            assertThat(HEX.formatHex(read("fa7fc00000").encoded())).isEqualTo("f97e00");
            assertThat(HEX.formatHex(read("fb7ff0000000000000").encoded())).isEqualTo("f97c00");
            assertThat(HEX.formatHex(read("1b0000000000000001").encoded())).isEqualTo("01");
        }
    }

    @Test
    @DisplayName("map keys are written in the order of their bytes (RFC 8949 §4.2.1, its own example)")
    void order() {
        var keys = List.of("8120", "f4", "20", "1864", "0a", "617a", "626161", "811864");
        var map = new LinkedHashMap<Cbor, Cbor>();
        keys.forEach(key -> map.put(read(key), Cbor.NULL));

        assertThat(HEX.formatHex(new Cbor.Members(map).encoded()))
                .isEqualTo("a8" + "0af6" + "1864f6" + "20f6" + "617af6" + "626161f6" + "811864f6" + "8120f6" + "f4f6");
    }

    @Nested
    @DisplayName("The reader refuses")
    class Refuses {
        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "",
                    "18",
                    "1900",
                    "41",
                    "62c3",
                    "8201",
                    "a101",
                    "c0",
                    "fb00", // ends too early
                    "0000",
                    "8000", // goes on
                    "1c",
                    "3d",
                    "5c",
                    "7e",
                    "9d",
                    "bc",
                    "dc",
                    "fc",
                    "fd",
                    "fe",
                    "ff", // not well-formed
                    "5f4101ff",
                    "7f6161ff",
                    "9fff",
                    "bfff", // of indefinite length
                    "f800",
                    "f818",
                    "f81f", // simple values in two bytes that have one
                    "a201000100",
                    "a2616100616101", // a key twice
                    "61ff",
                    "62c328",
                    "63eda080",
                    "64f4908080", // not UTF-8
                    "9bffffffffffffffff",
                    "5b7fffffffffffffff",
                    "ba7fffffff",
                    "9affffffff", // more than there is
                    "dbffffffffffffffff00"
                })
        @DisplayName("what is not one valid item of definite length")
        void malformed(String hex) {
            assertThatThrownBy(() -> read(hex)).isInstanceOf(CborException.class);
        }

        @Test
        @DisplayName("what is nested too deeply, has too many items, or is too long")
        void bounds() {
            assertThatThrownBy(() -> read("81".repeat(100_000) + "00")).hasMessageContaining("nested deeper");
            assertThatThrownBy(() -> read("c1".repeat(100_000) + "00")).hasMessageContaining("nested deeper");
            assertThatThrownBy(() -> read("9a00030d40" + "00".repeat(200_000))).hasMessageContaining("more than");
            assertThatThrownBy(() -> CborReader.read(new byte[CborReader.MAX_LENGTH + 1]))
                    .hasMessageContaining("longer than");
        }

        @Test
        @DisplayName("random bytes with a CborException and nothing else")
        void random() {
            var random = new Random(8949);
            for (var i = 0; i < 50_000; i++) {
                var bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
                try {
                    var item = CborReader.read(bytes);
                    assertThat(CborReader.read(item.encoded())).isEqualTo(item);
                } catch (CborException expected) {
                    assertThat(expected).hasMessageNotContaining("null");
                }
            }
        }
    }

    @Test
    @DisplayName("what is written is read again as it was")
    void roundTrip() {
        var random = new Random(1004);
        for (var i = 0; i < 5_000; i++) {
            var item = item(random, 4);

            var encoded = item.encoded();

            assertThat(CborReader.read(encoded)).isEqualTo(item);
            assertThat(CborReader.read(encoded).encoded()).isEqualTo(encoded);
        }
    }

    @Test
    @DisplayName("half a character cannot be written")
    void surrogates() {
        assertThat(Cbor.of("\uD834\uDD1E").encoded()).hasSize(5);
        assertThatThrownBy(() -> Cbor.of("a\uD834").encoded()).isInstanceOf(IllegalArgumentException.class);
    }

    private static Cbor item(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> new Cbor.Int(new BigInteger(random.nextInt(65), random));
            case 1 -> new Cbor.Int(new BigInteger(random.nextInt(65), random).not());
            case 2 -> {
                var bytes = new byte[random.nextInt(300)];
                random.nextBytes(bytes);
                yield Cbor.of(bytes);
            }
            case 3 -> Cbor.of("ü".repeat(random.nextInt(200)));
            case 4 -> new Cbor.Float(random.nextBoolean() ? random.nextGaussian() : random.nextInt(100) / 4.0);
            case 5 -> {
                var elements = new ArrayList<Cbor>();
                for (var i = random.nextInt(30); i > 0; i--) {
                    elements.add(item(random, depth - 1));
                }
                yield new Cbor.Array(elements);
            }
            case 6 -> {
                Map<Cbor, Cbor> entries = new LinkedHashMap<>();
                for (var i = random.nextInt(30); i > 0; i--) {
                    entries.put(item(random, 0), item(random, depth - 1));
                }
                yield new Cbor.Members(entries);
            }
            default -> new Cbor.Tag(random.nextLong() >>> 1, item(random, depth - 1));
        };
    }
}
