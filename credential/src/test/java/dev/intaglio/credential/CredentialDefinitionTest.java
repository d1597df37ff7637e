package dev.intaglio.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimsPath;
import dev.intaglio.requirements.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialDefinitionTest {
    private static final String SMALLEST = """
            id: card
            display:
              - {locale: en, name: Card}
            claims:
              - {path: [number], mandatory: true}
            formats:
              dc+sd-jwt: {vct: "urn:example:card:1"}
            """;

    private static final CredentialFormats FORMATS = CredentialFormats.onClassPath(new SecureRandom());

    private static CredentialDefinition read(String yaml) {
        return CredentialDefinition.read(yaml, "card.yaml");
    }

    private static CredentialDefinition check(String yaml) {
        return FORMATS.check(read(yaml));
    }

    @Nested
    @DisplayName("A definition file")
    class File {
        @Test
        @DisplayName("needs an id, a display, claims and a format; the rest has defaults")
        void smallest() {
            var card = read(SMALLEST);

            assertThat(card.configurations())
                    .containsExactly(new FormatConfiguration(
                            "card_dc_sd_jwt",
                            "dc+sd-jwt",
                            "card_dc_sd_jwt",
                            JsonObject.builder()
                                    .put("vct", "urn:example:card:1")
                                    .build()));
            assertThat(card.binding()).isTrue();
            assertThat(card.decoys()).isZero();
            assertThat(card.validity()).isEqualTo(Validity.of("P90D"));
            assertThat(card.status()).isEmpty();
            assertThat(card.source()).isEqualTo(JsonObject.empty());
            assertThat(card.claims().all().getFirst().disclosure()).isEqualTo(SelectiveDisclosure.ALLOWED);
        }

        @Test
        @DisplayName("says everything a constructor can")
        void everything() {
            var card = read("""
                    id: card
                    look: {background_color: "#102030", text_color: "#ffffff", logo: {uri: "data:,x", alt_text: a card}}
                    display:
                      - {locale: en, name: Card, description: A card}
                      - {locale: de-AT, name: Karte, text_color: "#000000"}
                    claims:
                      - {path: name, sd: never, display: {en: Name, de-AT: Name}}
                      - {path: [address], mandatory: true}
                      - {path: [address, country], mandatory: true, sd: always}
                      - {path: [pets, null, name]}
                      - {path: ["18"]}
                    formats:
                      dc+sd-jwt: {configuration_id: c1, scope: s1, vct: "urn:example:card:1"}
                      jwt_vc_json: {credential_definition: {type: [VerifiableCredential, Card]}}
                      x-new: {anything: [1, 2.5, true, null]}
                    validity: {duration: P1Y2M3DT4H, rounding: PT6H}
                    binding: false
                    decoys: 5
                    source: {sql: {statement: "select 1"}}
                    status: {mechanisms: [token-status-list], purposes: [revocation]}
                    """);

            assertThat(card.display())
                    .extracting(one -> one.textColor().orElse(""))
                    .containsExactly("#ffffff", "#000000");
            assertThat(card.display().get(1).logo()).isPresent();
            assertThat(card.claims().root().members().keySet()).containsExactly("name", "address", "pets", "18");
            assertThat(card.claims().root().members().get("pets").disclosure()).isEqualTo(SelectiveDisclosure.NEVER);
            assertThat(card.claims().descriptions())
                    .extracting(claim -> claim.path().toString())
                    .containsExactly("name", "address", "address.country", "pets[*].name", "18");
            assertThat(card.configurations())
                    .extracting(FormatConfiguration::id)
                    .containsExactly("c1", "card_jwt_vc_json", "card_x_new");
            assertThat(card.configurations()
                            .get(1)
                            .parameters()
                            .object("credential_definition")
                            .strings("type"))
                    .contains("Card");
            assertThat(card.configurations().get(2).parameters().text()).isEqualTo("{\"anything\":[1,2.5,true,null]}");
            assertThat(card.validity()).isEqualTo(Validity.of("P1Y2M3DT4H", Duration.ofHours(6)));
            assertThat(card.binding()).isFalse();
            assertThat(card.decoys()).isEqualTo(5);
            assertThat(card.source().object("sql").string("statement")).isEqualTo("select 1");
            assertThat(card.status())
                    .contains(new StatusPolicy(Set.of(StatusMechanism.TOKEN_STATUS_LIST), List.of("revocation")));
        }

        @Test
        @DisplayName("may be JSON, tabs included")
        void json() {
            var json = """
                    {
                    \t"id": "card",
                    \t"display": [{"locale": "en", "name": "C\\u00e4rd"}],
                    \t"claims": [{"path": ["pets", null, "name"], "mandatory": false}],
                    \t"formats": {"dc+sd-jwt": {"vct": "urn:example:card:1"}}
                    }
                    """;

            assertThat(CredentialDefinition.read(json, "card.json")
                            .display()
                            .getFirst()
                            .name())
                    .isEqualTo("Cärd");
        }

        @ParameterizedTest(name = "{0} instead of {1} on line {2}")
        @CsvSource({"validty,validity,8", "binding_,binding,8", "statuz,status,8"})
        @DisplayName("with an unknown key is refused, naming line and nearest key")
        void unknownKey(String wrong, String right, int line) {
            assertThatThrownBy(() -> read(SMALLEST + wrong + ": P1D\n"))
                    .isInstanceOf(CredentialDefinitionException.class)
                    .hasMessage("card.yaml:" + line + ": unknown key `" + wrong + "`; did you mean `" + right + "`?");
        }

        @Test
        @DisplayName("with an unknown key at any depth is refused")
        void unknownKeyBelow() {
            assertThatThrownBy(() -> read(SMALLEST.replace("mandatory", "mandatroy")))
                    .hasMessage("card.yaml:5: unknown key `mandatroy`; did you mean `mandatory`?");
            assertThatThrownBy(() -> read(SMALLEST.replace("locale: en", "local: en")))
                    .hasMessage("card.yaml:3: unknown key `local`; did you mean `locale`?");
            assertThatThrownBy(() -> check(SMALLEST.replace("vct:", "vtc:")))
                    .hasMessage("card.yaml:7: unknown key `vtc`; did you mean `vct`?");
        }

        @ParameterizedTest(name = "{2}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "id: card|id: [card]|card.yaml:1: expected a text",
                    "id: card|id: 12|card.yaml:1: expected a text",
                    "id: card|id: card one|card.yaml:1: the id of a definition is made of",
                    "id: card|id: card\\nid: card|card.yaml:2: the key `id` stands twice",
                    "mandatory: true|mandatory: yes|card.yaml:5: expected true or false",
                    "[number]|[]|card.yaml:5: a claims path has at least one element",
                    "[number]|[number, 0]|card.yaml:5: a definition describes all elements of an array",
                    "[number]|[null]|card.yaml:5: the path of a claim begins with a name",
                    "[number]|[pets, null]|card.yaml:5: the array is mandatory or not",
                    "[number]|[_sd]|card.yaml:5: no claim can be called _sd",
                    "[number]|[a, '...']|card.yaml:5: no claim can be called ...",
                    "[number]|[vct]|card.yaml:5: the claim vct is the issuer's to say",
                    "[number]|[status]|card.yaml:5: the claim status is the issuer's to say",
                    "mandatory: true}|sd: sometimes}|card.yaml:5: expected always, allowed or never",
                    "mandatory: true}|display: {english please: Number}}|card.yaml:5: `english please` is not a language tag",
                    "locale: en|locale: en, background_color: blue|card.yaml:3: background_color is not a numerical CSS colour",
                    "locale: en|locale: en, logo: {uri: logo.png}|card.yaml:3: expected a URI with a scheme",
                    "vct: \"urn:example:card:1\"|scope: s|card.yaml:7: the key `vct` is missing",
                    "vct: \"urn:example:card:1\"|vct: ''|card.yaml:7: vct is empty",
                    "vct: \"urn:example:card:1\"|vct: 7|card.yaml:7: expected a text",
                    "vct: \"urn:example:card:1\"|scope: s,\\n  vct: [v]|card.yaml:8: expected a text",
                    "vct: \"urn:example:card:1\"|scope: 'a b', vct: v|card.yaml:7: the scope of card_dc_sd_jwt is no scope token",
                    "id: card|id: &a card|card.yaml:1: anchors and aliases are not used",
                    "id: card|id: 'card|card.yaml:",
                    "id: card|id: !!java/object card|card.yaml:1: expected a text"
                })
        @DisplayName("is refused with file and line:")
        void refused(String part, String replacement, String message) {
            assertThatThrownBy(() -> check(SMALLEST.replace(part, replacement.replace("\\n", "\n"))))
                    .isInstanceOf(CredentialDefinitionException.class)
                    .hasMessageStartingWith(message);
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "validity: forever|card.yaml:8: expected an ISO 8601 duration",
                    "validity: P0D|card.yaml:8: a validity is longer than nothing",
                    "validity: P-3D|card.yaml:8: a validity is longer than nothing",
                    "validity: {duration: P1D, rounding: PT1M}|card.yaml:8: times are rounded to whole seconds from PT1H to P31D",
                    "decoys: -1|card.yaml:1: decoys is a number from 0 to 64",
                    "decoys: 65|card.yaml:1: decoys is a number from 0 to 64",
                    "decoys: 99999999999|card.yaml:8: the number is too large",
                    "source: nothing|card.yaml:8: expected keys and values",
                    "---|card.yaml:"
                })
        @DisplayName("is refused for what it adds:")
        void refusedAddition(String addition, String message) {
            assertThatThrownBy(() -> read(SMALLEST + addition + "\n"))
                    .isInstanceOf(CredentialDefinitionException.class)
                    .hasMessageStartingWith(message);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "# nothing\n", "[]", "text", "{", "id: card", "\u0000"})
        @DisplayName("that is not one is refused, not misread")
        void noDefinition(String text) {
            assertThatThrownBy(() -> read(text))
                    .isInstanceOf(CredentialDefinitionException.class)
                    .hasMessageStartingWith("card.yaml:1: ");
        }

        @Test
        @DisplayName("that names a format there is not is refused, naming those there are")
        void unknownFormat() {
            assertThatThrownBy(() -> check(SMALLEST.replace("dc+sd-jwt:", "x-new:")))
                    .isInstanceOf(CredentialDefinitionException.class)
                    .hasMessage("card.yaml:7: there is no format `x-new` here; the formats are "
                            + String.join(", ", FORMATS.identifiers()));
        }

        @Test
        @DisplayName("may be no file: then what is wrong is said without a line")
        void noFile() {
            var card = read(SMALLEST);
            var misspelt = new FormatConfiguration(
                    "c", "dc+sd-jwt", "c", JsonObject.builder().put("vtc", "v").build());

            assertThatThrownBy(() -> FORMATS.of(misspelt).check(card, misspelt))
                    .isInstanceOf(CredentialDefinitionException.class)
                    .hasMessage("unknown key `vtc`; did you mean `vct`?");
        }

        @Test
        @DisplayName("is bounded in length and depth")
        void bounded() {
            assertThatThrownBy(() -> read("[".repeat(100_000))).hasMessageContaining("nested deeper than 32 levels");
            assertThatThrownBy(() -> read("- ".repeat(100_000))).hasMessageContaining("nested deeper than 32 levels");
            assertThatThrownBy(() -> read("#".repeat(600_000))).hasMessageContaining("longer than");
        }
    }

    @Nested
    @DisplayName("Claims")
    class ClaimsOfADefinition {
        private Claims claims(String... lines) {
            return read(SMALLEST.replace(
                            "  - {path: [number], mandatory: true}", "  - " + String.join("\n  - ", lines)))
                    .claims();
        }

        @Test
        @Requirement({"CI-CLM-1", "CI-CLM-3"})
        @DisplayName("described twice, or in two ways, are refused")
        void contradictory() {
            assertThatThrownBy(() -> claims("{path: [a]}", "{path: [a]}")).hasMessageContaining("a is described twice");
            assertThatThrownBy(() -> claims("{path: [a, b]}", "{path: [a, null]}"))
                    .hasMessageContaining("contradict each other");
        }

        @Test
        @DisplayName("that are mandatory are in nothing that is not: the metadata promises they are always there")
        void mandatoryInOptional() {
            assertThatThrownBy(() -> claims("{path: [a]}", "{path: [a, b], mandatory: true}"))
                    .hasMessageContaining("a.b is mandatory, but a around it is not");
            assertThat(claims("{path: [a, b], mandatory: true}")
                            .root()
                            .members()
                            .get("a")
                            .mandatory())
                    .isTrue();
            assertThat(claims("{path: [a]}", "{path: [a, null, b], mandatory: true}")
                            .root()
                            .members()
                            .get("a")
                            .mandatory())
                    .isFalse();
        }

        @Test
        @Requirement("CI-CLM-6")
        @DisplayName("keep the order of the file")
        void order() {
            assertThat(claims("{path: [z]}", "{path: [a]}", "{path: [m]}").descriptions())
                    .extracting(claim -> claim.path().toString())
                    .containsExactly("z", "a", "m");
        }
    }

    @Nested
    @DisplayName("Validity")
    class Times {
        private final Instant now = Instant.parse("2026-11-17T13:45:12.345Z");

        @Test
        @Requirement("CI-PRIV-1")
        @DisplayName("begins at the start of the day and ends at the end of one, in UTC")
        void toTheDay() {
            assertThat(Validity.of("P14D").from(now)).isEqualTo("2026-11-17T00:00:00Z");
            assertThat(Validity.of("P14D").until(now)).isEqualTo("2026-12-02T00:00:00Z");
        }

        @Test
        @DisplayName("may be rounded otherwise")
        void toTheHour() {
            var validity = Validity.of("PT36H", Duration.ofHours(1));

            assertThat(validity.from(now)).isEqualTo("2026-11-17T13:00:00Z");
            assertThat(validity.until(now)).isEqualTo("2026-11-19T02:00:00Z");
        }

        @Test
        @DisplayName("counts months and years by the calendar")
        void calendar() {
            assertThat(Validity.of("P1M").until(Instant.parse("2027-01-31T00:00:00Z")))
                    .isEqualTo("2027-02-28T00:00:00Z");
            assertThat(Validity.of("P1Y").until(Instant.parse("2028-02-29T00:00:00Z")))
                    .isEqualTo("2029-02-28T00:00:00Z");
        }
    }

    @Nested
    @DisplayName("Shipped")
    class Shipped {
        @Test
        @DisplayName("are the PID, a diploma, an employee badge and a participant, in at least three languages")
        void definitions() {
            var shipped = CredentialDefinitions.shipped();

            assertThat(shipped)
                    .extracting(CredentialDefinition::id)
                    .containsExactly("pid", "diploma", "employee", "participant");
            assertThat(shipped).allSatisfy(definition -> {
                var languages = definition.display().stream()
                        .map(one -> one.locale().orElseThrow())
                        .toList();
                assertThat(languages).contains("en", "de", "fr");
                assertThat(definition.claims().all())
                        .allSatisfy(claim -> assertThat(claim.display())
                                .extracting(label -> label.locale().orElseThrow())
                                .containsExactlyElementsOf(languages));
            });
        }

        @Test
        @DisplayName("is a PID with the mandatory attributes of its rulebook, all of them for the holder to keep back")
        void pid() {
            var pid = CredentialDefinitions.shipped().getFirst();

            assertThat(pid.configurations().getFirst().id()).isEqualTo("eu.europa.ec.eudi.pid_vc_sd_jwt");
            assertThat(pid.configurations().getFirst().parameters().string("vct"))
                    .isEqualTo("urn:eudi:pid:1");
            assertThat(pid.claims().all().stream()
                            .filter(ClaimDefinition::mandatory)
                            .map(claim -> claim.path().toString()))
                    .containsExactly(
                            "family_name",
                            "given_name",
                            "birthdate",
                            "place_of_birth",
                            "nationalities",
                            "issuing_authority",
                            "issuing_country");
            assertThat(pid.claims().all()).allMatch(claim -> claim.disclosure() == SelectiveDisclosure.ALWAYS);
            assertThat(pid.claims().all())
                    .extracting(ClaimDefinition::path)
                    .contains(ClaimsPath.of("age_equal_or_over", "18"), ClaimsPath.of("address", "house_number"));
        }

        @Test
        @DisplayName("sample people have what their credentials need and nothing else")
        void people() throws IOException {
            try (var resource = Objects.requireNonNull(
                    CredentialDefinition.class.getResourceAsStream("/intaglio/sample-people.json"))) {
                var people = Json.readObject(resource.readAllBytes());

                assertThat(people.members().keySet()).contains("erika", "max");
                for (var person : people.members().keySet()) {
                    for (var definition : CredentialDefinitions.shipped()) {
                        people.object(person)
                                .optionalObject(definition.id())
                                .ifPresent(claims ->
                                        requireFit(person, definition.claims().root(), claims.members()));
                    }
                }
            }
        }

        private void requireFit(String person, ClaimNode node, Object value) {
            switch (value) {
                case java.util.Map<?, ?> members
                when !node.members().isEmpty() -> {
                    assertThat(node.members().keySet())
                            .as(person)
                            .containsAll(members.keySet().stream()
                                    .map(Object::toString)
                                    .toList());
                    node.members().values().forEach(member -> {
                        if (members.get(member.name()) instanceof Object present) {
                            requireFit(person, member, present);
                        } else {
                            assertThat(member.mandatory())
                                    .as(person + " " + member.path())
                                    .isFalse();
                        }
                    });
                }
                case List<?> elements
                when node.elements().isPresent() ->
                    elements.forEach(
                            element -> requireFit(person, node.elements().get(), Objects.requireNonNull(element)));
                default ->
                    assertThat(node.members().isEmpty() && node.elements().isEmpty())
                            .as(person + " " + node.path())
                            .isTrue();
            }
        }
    }

    @Nested
    @DisplayName("A directory")
    class Directory {
        @TempDir
        Path directory;

        @Test
        @DisplayName("gives its definitions in the order of file names and nothing else")
        void definitions() throws IOException {
            write("b.yaml", SMALLEST.replace("card", "b"));
            write(
                    "a.json",
                    "{\"id\": \"a\", \"display\": [{\"locale\": \"en\", \"name\": \"A\"}], \"claims\": [{\"path\": \"x\"}],"
                            + " \"formats\": {\"dc+sd-jwt\": {\"vct\": \"urn:a\"}}}");
            write("readme.txt", "not a definition");
            write(".hidden.yaml", "not a definition");

            assertThat(CredentialDefinitions.in(directory, FORMATS))
                    .extracting(CredentialDefinition::id)
                    .containsExactly("a", "b");
        }

        @Test
        @DisplayName("with one id, or one configuration_id, in two files is refused")
        void ambiguous() throws IOException {
            write("a.yaml", SMALLEST);
            write("b.yaml", SMALLEST);
            assertThatThrownBy(() -> CredentialDefinitions.in(directory, FORMATS))
                    .hasMessage("two definitions have the id card");

            write(
                    "b.yaml",
                    SMALLEST.replace("id: card", "id: other")
                            .replace("{vct", "{configuration_id: card_dc_sd_jwt, vct"));
            assertThatThrownBy(() -> CredentialDefinitions.in(directory, FORMATS))
                    .hasMessageContaining("have the same configuration_id card_dc_sd_jwt");
        }

        private void write(String name, String text) throws IOException {
            Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
        }
    }
}
