package dev.intaglio.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.protocol.RandomJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 8259 JSON")
class JsonTest {
    @Nested
    @DisplayName("reading")
    class Reading {
        @ParameterizedTest
        @DisplayName("refuses what is not one well-formed object, and never quotes it")
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "s3cret",
                    "{",
                    "}",
                    "{]",
                    "[]",
                    "null",
                    "1",
                    "\"s3cret\"",
                    "{} s3cret",
                    "{}{}",
                    "{},",
                    "{\"s3cret\"}",
                    "{\"s3cret\":}",
                    "{\"a\":s3cret}",
                    "{a:1}",
                    "{'a':1}",
                    "{\"a\":1,}",
                    "{\"a\":[1,]}",
                    "{\"a\":01}",
                    "{\"a\":+1}",
                    "{\"a\":.5}",
                    "{\"a\":1.}",
                    "{\"a\":0x1}",
                    "{\"a\":NaN}",
                    "{\"a\":Infinity}",
                    "{\"a\":\"\t\"}",
                    "{\"a\":\"\\x\"}",
                    "{\"a\":\"\\u12\"}",
                    "{\"a\":1 /* s3cret */}",
                    "// s3cret\n{}",
                    "{\"a\":1}#",
                    "{\"a\":TRUE}",
                    "{\"a\":nul}"
                })
        void malformed(String text) {
            assertThatThrownBy(() -> Json.readObject(text))
                    .isInstanceOf(JsonException.class)
                    .extracting(Throwable::getMessage)
                    .asString()
                    .isNotEmpty()
                    .doesNotContain("s3cret");
        }

        @ParameterizedTest
        @DisplayName("refuses a member that stands twice, wherever it stands and however it is spelt")
        @ValueSource(
                strings = {
                    "{\"a\":1,\"a\":1}",
                    "{\"a\":null,\"a\":null}",
                    "{\"x\":{\"a\":1,\"b\":2,\"a\":3}}",
                    "{\"x\":[{\"a\":1,\"\\u0061\":2}]}"
                })
        void duplicates(String text) {
            assertThatThrownBy(() -> Json.readObject(text))
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining("twice");
        }

        @Test
        @DisplayName("refuses a document one level deeper or one byte longer than the limits, and reads one that fits")
        void limits() {
            var limits = new JsonLimits(64, 4);
            var deep = "{\"a\":[[{}]]}";
            assertThat(Json.readObject(bytes(deep), limits).has("a")).isTrue();
            assertThatThrownBy(() -> Json.readObject(bytes("{\"a\":[[{\"b\":[]}]]}"), limits))
                    .hasMessageContaining("too deeply");
            var longest = "{\"a\":\"" + "x".repeat(56) + "\"}";
            assertThat(bytes(longest)).hasSize(64);
            assertThat(Json.readObject(bytes(longest), limits).string("a")).hasSize(56);
            assertThatThrownBy(() -> Json.readObject(bytes(longest + " "), limits))
                    .hasMessageContaining("65 bytes");
            assertThatThrownBy(() -> new JsonLimits(0, 1)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        @DisplayName("refuses numbers and names that are longer than any we need")
        void longNumbersAndNames() {
            assertThat(Json.readObject("{\"a\":" + "9".repeat(64) + "}")
                            .members()
                            .get("a"))
                    .isInstanceOf(BigInteger.class);
            assertThatThrownBy(() -> Json.readObject("{\"a\":" + "9".repeat(65) + "}"))
                    .isInstanceOf(JsonException.class);
            assertThat(Json.readObject("{\"" + "n".repeat(1024) + "\":1}").members())
                    .hasSize(1);
            assertThatThrownBy(() -> Json.readObject("{\"" + "n".repeat(1025) + "\":1}"))
                    .isInstanceOf(JsonException.class);
        }

        @Test
        @DisplayName("refuses bytes that are not UTF-8")
        void utf8() {
            assertThatThrownBy(() -> Json.readObject(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}))
                    .isInstanceOf(JsonException.class);
            assertThatThrownBy(
                            () -> Json.readObject(new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'}))
                    .isInstanceOf(JsonException.class);
            assertThatThrownBy(() -> Json.readObject("{}".getBytes(StandardCharsets.UTF_16LE)))
                    .isInstanceOf(JsonException.class);
            assertThatThrownBy(() -> Json.readObject("{}".getBytes(StandardCharsets.UTF_16)))
                    .isInstanceOf(JsonException.class);
        }

        @Test
        @DisplayName("ignores a byte order mark in front")
        void byteOrderMark() {
            assertThat(Json.readObject("\ufeff{\"a\":1}").integer("a")).isEqualTo(1);
            assertThatThrownBy(() -> Json.readObject("\ufeff\ufeff{}")).isInstanceOf(JsonException.class);
        }

        @Test
        @DisplayName("keeps the order of members and the exact value of numbers")
        void exact() {
            var object = Json.readObject(
                    "{\"z\":1,\"a\":9223372036854775808,\"m\":1.10,\"b\":null,\"c\":[true,\"\\u20ac\"]}");
            assertThat(object.members().keySet()).containsExactly("z", "a", "m", "b", "c");
            assertThat(object.members().get("z")).isEqualTo(1L);
            assertThat(object.members().get("a")).isEqualTo(new BigInteger("9223372036854775808"));
            assertThat(object.members().get("m")).isEqualTo(new BigDecimal("1.10"));
            assertThat(object.members().get("c")).isEqualTo(List.of(true, "\u20ac"));
        }

        @Test
        @DisplayName("of random bytes ends in a JsonException or in an object, and in nothing else")
        void noise() {
            var random = new Random(4);
            for (var i = 0; i < 20_000; i++) {
                var bytes = new byte[random.nextInt(40)];
                for (var k = 0; k < bytes.length; k++) {
                    bytes[k] = (byte) "{}[]\":,\\u0019.eE-+truefalsn /\u0000\u00ff".charAt(random.nextInt(31));
                }
                try {
                    assertThat(Json.readObject(bytes)).isNotNull();
                } catch (JsonException refused) {
                    assertThat(refused.getMessage()).isNotEmpty();
                }
            }
        }
    }

    @Nested
    @DisplayName("writing")
    class Writing {
        @Test
        @DisplayName("of what was read gives what was read: read(write(x)) = x")
        void roundTrip() {
            var documents = new RandomJson(20_261_103);
            for (var i = 0; i < 5_000; i++) {
                var document = documents.object();
                assertThat(Json.readObject(document.bytes())).isEqualTo(document);
                assertThat(Json.readObject(document.text())).isEqualTo(document);
            }
        }

        @Test
        @DisplayName("of what was built gives the same: objects in objects, whole numbers of either size")
        void built() {
            var built = JsonObject.builder()
                    .put(
                            "object",
                            JsonObject.builder()
                                    .put("inner", JsonObject.empty())
                                    .build())
                    .put("array", List.of(JsonObject.builder().put("a", 1).build(), Map.of("b", List.of(2))))
                    .put("int", 7)
                    .put("long", 8L)
                    .build();
            assertThat(Json.readObject(built.bytes())).isEqualTo(built);
            assertThat(JsonObject.empty().with("x", JsonObject.empty())).isEqualTo(Json.readObject("{\"x\":{}}"));
            assertThat(built.object("object").object("inner").members()).isEmpty();
        }

        @Test
        @DisplayName("refuses what is no JSON value")
        void notJson() {
            assertThatThrownBy(() -> Json.write(Map.of("a", new Object())))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        @DisplayName("leaves out what is absent or empty, where the builder is told to")
        void absent() {
            var object = JsonObject.builder()
                    .putIf("a", Optional.empty())
                    .putIf("b", Optional.of("x"))
                    .putUnlessEmpty("c", List.of())
                    .putUnlessEmpty("d", List.of(1))
                    .putEach("e", Stream.of(), x -> x)
                    .build();
            assertThat(object.text()).isEqualTo("{\"b\":\"x\",\"d\":[1]}");
        }
    }

    @Nested
    @DisplayName("members")
    class Members {
        private final JsonObject object = Json.readObject("""
                {"s":"text","t":true,"i":42,"big":99999999999999999999,"d":1.5,"n":null,"o":{"p":{"q":1}},"a":["x","y"],
                 "mixed":["x",1],"objects":[{"k":1},{"k":"v"}]}""");

        @Test
        @DisplayName("are taken by name and type")
        void typed() {
            assertThat(object.string("s")).isEqualTo("text");
            assertThat(object.flag("t")).isTrue();
            assertThat(object.flag("missing")).isFalse();
            assertThat(object.integer("i")).isEqualTo(42);
            assertThat(object.optionalInt("i")).hasValue(42);
            assertThat(object.optionalInt("missing")).isEmpty();
            assertThat(object.object("o").object("p").integer("q")).isEqualTo(1);
            assertThat(object.strings("a")).containsExactly("x", "y");
            assertThat(object.objects("objects")).hasSize(2);
        }

        @Test
        @DisplayName("that are null count as absent, and are still there")
        void nulls() {
            assertThat(object.has("n")).isFalse();
            assertThat(object.optionalString("n")).isEmpty();
            assertThat(object.optionalObject("n")).isEmpty();
            assertThat(object.optionalSeconds("n")).isEmpty();
            assertThat(object.members()).containsKey("n");
        }

        @Test
        @DisplayName("that are missing or of the wrong type are named by path, and never quoted")
        void named() {
            assertThatThrownBy(() -> object.string("missing")).hasMessage("missing is missing");
            assertThatThrownBy(() -> object.string("i")).hasMessage("i: expected a string, found a number");
            assertThatThrownBy(() -> object.integer("s")).hasMessage("s: expected an integer, found a string");
            assertThatThrownBy(() -> object.integer("d")).isInstanceOf(JsonException.class);
            assertThatThrownBy(() -> object.integer("big")).isInstanceOf(JsonException.class);
            assertThatThrownBy(() -> object.object("o").object("p").string("q"))
                    .hasMessage("o.p.q: expected a string, found a number");
            assertThatThrownBy(() -> object.strings("mixed")).hasMessage("mixed[1]: expected a string, found a number");
            assertThatThrownBy(() -> object.objects("a")).hasMessage("a[0]: expected an object, found a string");
            assertThatThrownBy(() -> object.objects("objects").get(1).integer("k"))
                    .hasMessage("objects[1].k: expected an integer, found a string");
            assertThatThrownBy(() -> object.optional("o", inner -> {
                        throw new IllegalArgumentException("not so");
                    }))
                    .isInstanceOf(JsonException.class)
                    .hasMessage("o: not so");
        }

        @Test
        @DisplayName("that are seconds are whole or not, and no more than time can hold")
        void seconds() {
            assertThat(seconds("1793700930")).isEqualTo(1_793_700_930);
            assertThat(seconds("1793700930.9")).isEqualTo(1_793_700_930);
            assertThat(seconds("-1")).isEqualTo(-1);
            assertThat(seconds("1e9")).isEqualTo(1_000_000_000);
            assertThat(seconds("1e-999999")).isZero();
            for (var number : List.of(
                    "1000000000000001",
                    "-1000000000000001",
                    "9223372036854775807",
                    "1e16",
                    "1e999999",
                    "9".repeat(60),
                    "-1e400")) {
                assertThatThrownBy(() -> seconds(number)).as(number).isInstanceOf(JsonException.class);
            }
            assertThatThrownBy(() -> seconds("\"1\"")).isInstanceOf(JsonException.class);
        }

        @Test
        @DisplayName("that are to be an int are refused beyond it")
        void ints() {
            var numbers = Json.readObject(
                    "{\"max\":2147483647,\"more\":2147483648,\"less\":-2147483649,\"huge\":99999999999999999999}");
            assertThat(numbers.optionalInt("max")).hasValue(Integer.MAX_VALUE);
            for (var name : List.of("more", "less", "huge")) {
                assertThatThrownBy(() -> numbers.optionalInt(name)).isInstanceOf(JsonException.class);
            }
        }

        @Test
        @DisplayName("cannot be changed, only replaced in a copy")
        void immutable() {
            assertThatThrownBy(() -> object.members().put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> ((List<?>) Json.readObject("{\"a\":[1]}")
                                    .optionalArray("a")
                                    .orElseThrow())
                            .clear())
                    .isInstanceOf(UnsupportedOperationException.class);
            var source = new HashMap<String, Object>(Map.of("a", 1L));
            var copy = JsonObject.of(source);
            source.put("b", 2L);
            assertThat(copy.members()).containsOnlyKeys("a");
            assertThat(object.with("s", "other").string("s")).isEqualTo("other");
            assertThat(object.without("s").has("s")).isFalse();
            assertThat(object.string("s")).isEqualTo("text");
        }

        @Test
        @DisplayName("are in toString by name only")
        void toStringNames() {
            assertThat(object.toString()).contains("mixed").doesNotContain("text", "42");
        }

        private static long seconds(String number) {
            return Json.readObject("{\"x\":" + number + "}")
                    .optionalSeconds("x")
                    .orElseThrow();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
