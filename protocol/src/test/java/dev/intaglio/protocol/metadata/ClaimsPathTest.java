package dev.intaglio.protocol.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.protocol.RandomJson;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("App. B, App. C: claims descriptions and claims path pointers")
class ClaimsPathTest {
    /// As the example of App. C.3.
    private static final JsonObject CREDENTIAL = Json.readObject("""
            {"name":"Arthur Dent","address":{"street_address":"42 Market Street","locality":"Milliways","postal_code":"12345"},
             "degrees":[{"type":"Bachelor of Science","university":"University of Betelgeuse"},
                        {"type":"Master of Science","university":"University of Betelgeuse","year":null}],
             "nationalities":["British","Betelgeusian"],"empty":[],"nothing":null}""");

    @Nested
    @DisplayName("App. C.1 selecting")
    class Selecting {
        @ParameterizedTest
        @Requirement("CI-CLM-4")
        @DisplayName("goes by key, index and all elements; what is not there is removed from the selection")
        @CsvSource(
                delimiter = '|',
                value = {
                    "[\"name\"]|[\"Arthur Dent\"]",
                    "[\"address\",\"street_address\"]|[\"42 Market Street\"]",
                    "[\"address\"]|[{\"street_address\":\"42 Market Street\",\"locality\":\"Milliways\",\"postal_code\":\"12345\"}]",
                    "[\"degrees\",null,\"type\"]|[\"Bachelor of Science\",\"Master of Science\"]",
                    "[\"degrees\",1,\"type\"]|[\"Master of Science\"]",
                    "[\"degrees\",null,\"year\"]|[null]",
                    "[\"nationalities\",1]|[\"Betelgeusian\"]",
                    "[\"nationalities\",null]|[\"British\",\"Betelgeusian\"]",
                    "[\"nothing\"]|[null]",
                    "[\"empty\"]|[[]]"
                })
        void selects(String path, String selected) {
            assertThat(Json.writeString(path(path).select(CREDENTIAL.members())))
                    .isEqualTo(selected);
        }

        @ParameterizedTest
        @Requirement("CI-CLM-4")
        @DisplayName("is an error where the type does not fit or nothing is left")
        @ValueSource(
                strings = {
                    "[\"missing\"]", "[\"name\",\"x\"]", "[\"name\",0]", "[\"name\",null]", "[\"address\",0]",
                            "[\"address\",null]", "[\"degrees\",\"type\"]",
                    "[\"degrees\",2]", "[\"degrees\",null,\"missing\"]", "[\"empty\",null]", "[\"empty\",0]",
                            "[\"nothing\",\"x\"]", "[0]", "[null]",
                    "[\"degrees\",null,\"type\",null]"
                })
        void errors(String path) {
            assertThatThrownBy(() -> path(path).select(CREDENTIAL.members()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    @DisplayName("App. C the pointer")
    class Pointer {
        @ParameterizedTest
        @Requirement({"CI-CLM-1", "CI-CLM-4"})
        @DisplayName("is a non-empty array of strings, nulls and non-negative integers")
        @ValueSource(
                strings = {
                    "[]",
                    "[-1]",
                    "[1.5]",
                    "[1.0]",
                    "[true]",
                    "[{}]",
                    "[[]]",
                    "[\"a\",-1]",
                    "[2147483648]",
                    "[-4294967296]",
                    "[-9223372036854775808]",
                    "[99999999999999999999]"
                })
        void refused(String path) {
            assertThatThrownBy(() -> path(path)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        @DisplayName("that was written is read again: read(write(x)) = x")
        void roundTrip() {
            var random = new RandomJson(3);
            for (var i = 0; i < 2_000; i++) {
                var elements = new ArrayList<ClaimsPath.Element>();
                for (var k = 0; k <= random.upTo(4); k++) {
                    elements.add(
                            random.yes()
                                    ? new ClaimsPath.Element.Name(random.text())
                                    : random.yes()
                                            ? new ClaimsPath.Element.Index(random.upTo(Integer.MAX_VALUE - 1))
                                            : new ClaimsPath.Element.All());
                }
                var path = new ClaimsPath(elements);
                assertThat(path(Json.writeString(path.write()))).isEqualTo(path);
            }
        }

        @Test
        @DisplayName("reads well")
        void toStrings() {
            assertThat(path("[\"address\",\"nationalities\",null]")).hasToString("address.nationalities[*]");
            assertThat(path("[\"degrees\",0,\"name\"]")).hasToString("degrees[0].name");
            assertThat(ClaimsPath.of("a", "b")).hasToString("a.b");
        }
    }

    @Nested
    @DisplayName("App. B.3 several descriptions")
    class Consistency {
        @ParameterizedTest
        @Requirement("CI-CLM-3")
        @DisplayName("may go down different branches")
        @ValueSource(
                strings = {
                    "[[\"a\"],[\"a\",\"b\"],[\"c\"]]",
                    "[[\"a\",0],[\"a\",1],[\"a\",0,\"x\"]]",
                    "[[\"a\",null],[\"a\",null,\"x\"],[\"a\"]]",
                    "[[\"a\",\"b\",0],[\"a\",\"c\",null]]",
                    "[[\"a\",0,\"x\"],[\"a\",1,0]]",
                    "[]"
                })
        void consistent(String paths) {
            assertThat(ClaimsDescription.requireConsistent(descriptions(paths))).isEqualTo(descriptions(paths));
        }

        @ParameterizedTest
        @Requirement("CI-CLM-3")
        @DisplayName("may not address a claim twice, nor make one place two things")
        @ValueSource(
                strings = {
                    "[[\"a\"],[\"a\"]]",
                    "[[\"a\",0],[\"b\"],[\"a\",0]]",
                    "[[\"a\",null],[\"a\",0]]",
                    "[[\"a\",0],[\"a\",null]]",
                    "[[\"a\",\"b\"],[\"a\",0]]",
                    "[[\"a\",\"b\"],[\"a\",null]]",
                    "[[\"a\",null,\"b\"],[\"a\",null,0]]",
                    "[[\"a\",0,\"b\"],[\"a\",0,\"c\"],[\"a\",0,null]]",
                    "[[0],[\"a\"]]"
                })
        void contradicting(String paths) {
            assertThatThrownBy(() -> ClaimsDescription.requireConsistent(descriptions(paths)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        @DisplayName("are compared in time that grows with their number, not with its square")
        void linear() {
            var many = new ArrayList<ClaimsDescription>();
            for (var i = 0; i < 60_000; i++) {
                many.add(new ClaimsDescription(ClaimsPath.of("a", "b" + i), false, List.of()));
            }
            Assertions.assertTimeout(Duration.ofSeconds(5), () -> ClaimsDescription.requireConsistent(many));
        }

        private static List<ClaimsDescription> descriptions(String paths) {
            var descriptions = new ArrayList<ClaimsDescription>();
            if (Json.read(paths.getBytes(StandardCharsets.UTF_8), JsonLimits.REQUEST) instanceof List<?> list) {
                list.forEach(path ->
                        descriptions.add(new ClaimsDescription(ClaimsPath.read((List<?>) path), false, List.of())));
            }
            return descriptions;
        }
    }

    @Nested
    @DisplayName("App. B.1, B.2 a description")
    class Description {
        @Test
        @Requirement({"CI-CLM-1", "CI-CLM-2"})
        @DisplayName("has a path; is optional unless it says otherwise; unknown members are ignored")
        void read() {
            var description = ClaimsDescription.read(Json.readObject("{\"path\":[\"a\"],\"foo\":1,\"values\":[1]}"));
            assertThat(description).isEqualTo(new ClaimsDescription(ClaimsPath.of("a"), false, List.of()));
            assertThat(ClaimsDescription.read(Json.readObject("{\"path\":[\"a\"],\"mandatory\":true}"))
                            .mandatory())
                    .isTrue();
        }

        @ParameterizedTest
        @Requirement({"CI-CLM-1", "CI-CLM-2"})
        @DisplayName("without a path, or with members of the wrong type, is refused")
        @ValueSource(
                strings = {
                    "{}",
                    "{\"path\":null}",
                    "{\"path\":\"a\"}",
                    "{\"path\":[]}",
                    "{\"path\":{\"a\":1}}",
                    "{\"path\":[\"a\"],\"mandatory\":\"yes\"}",
                    "{\"path\":[\"a\"],\"display\":{}}",
                    "{\"path\":[\"a\"],\"display\":[1]}",
                    "{\"path\":[\"a\"],\"display\":[{\"name\":\"x\",\"locale\":\"en\"},{\"name\":\"y\",\"locale\":\"en\"}]}"
                })
        void refused(String json) {
            assertThatThrownBy(() -> Json.readObject(json).read(ClaimsDescription::read))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static ClaimsPath path(String json) {
        @Nullable Object value = Json.read(json.getBytes(StandardCharsets.UTF_8), JsonLimits.REQUEST);
        return ClaimsPath.read((List<?>) Objects.requireNonNull(value));
    }
}
