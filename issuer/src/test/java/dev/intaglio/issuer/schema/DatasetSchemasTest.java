package dev.intaglio.issuer.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.protocol.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The JSON Schema of a credential type")
class DatasetSchemasTest {
    private static final String PERSON = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
             "required": ["family_name"], "additionalProperties": false,
             "properties": {
               "family_name": {"type": "string", "minLength": 1},
               "birth_date": {"type": "string", "format": "date"},
               "kind": {"enum": ["a", "b"]},
               "address": {"type": "object", "properties": {"postal_code": {"$ref": "#/$defs/code"}}},
               "nationalities": {"type": "array", "items": {"pattern": "^[A-Z]{2}$"}}},
             "$defs": {"code": {"type": "string", "pattern": "^[0-9]{5}$"}}}
            """;

    private static CredentialDefinition definition(String schema) {
        return CredentialDefinition.read("""
                {"id": "card", "display": [{"locale": "en", "name": "Card"}], "claims": [{"path": ["name"]}],
                 "formats": {"dc+sd-jwt": {"vct": "urn:example:card"}}, "schema": %s}
                """.formatted(schema), "card.json");
    }

    private static List<DatasetSchemas.Violation> check(String schema, String claims) {
        var definition = definition(schema);
        return DatasetSchemas.of(List.of(definition)).check(definition, dataset(claims));
    }

    private static CredentialDataset dataset(String claims) {
        return new CredentialDataset(Json.readObject(claims.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName("says nothing of a dataset that keeps it, nor does a type without one of any dataset")
    void kept() {
        assertThat(check(PERSON, """
                        {"family_name": "M", "birth_date": "1998-04-01", "kind": "a",
                         "address": {"postal_code": "51147"}, "nationalities": ["DE"]}
                        """)).isEmpty();
        var shipped = CredentialDefinitions.shipped();
        assertThat(DatasetSchemas.of(shipped).check(shipped.getFirst(), dataset("{\"x\": 1}")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"birth_date": "1998-04-01"}                                    | ``                    | /required                                     | family_name
            {"family_name": "SECRET", "birth_date": "SECRET"}               | /birth_date           | /properties/birth_date/format                 | ``
            {"family_name": "SECRET", "kind": "SECRET"}                     | /kind                 | /properties/kind/enum                         | ``
            {"family_name": "SECRET", "address": {"postal_code": "SECRET"}} | /address/postal_code  | /$defs/code/pattern                           | ``
            {"family_name": "SECRET", "nationalities": ["DE", "SECRET"]}    | /nationalities/1      | /properties/nationalities/items/pattern       | ``
            {"family_name": 4711}                                           | /family_name          | /properties/family_name/type                  | ``
            {"family_name": "SECRET", "shoe_size": "SECRET"}                | ``                    | /additionalProperties                         | shoe_size
            """)
    @DisplayName("names path and rule of what breaks it, and never the value")
    void broken(String claims, String path, String rule, String member) {
        var violations = check(PERSON, claims);

        assertThat(violations).containsExactly(new DatasetSchemas.Violation(path, rule, member));
        assertThat(violations.toString()).contains(rule).doesNotContain("SECRET", "4711");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\": \"#/$defs/nowhere\"}",
                "{\"$ref\": \"classpath:/intaglio/secret.json\"}",
                "{\"$schema\": \"https://example.com/other-dialect\"}"
            })
    @DisplayName("that leads to nothing of its own is refused at start")
    void leadsAway(String schema) {
        assertThatThrownBy(() -> DatasetSchemas.of(List.of(definition(schema))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("card");
    }

    @Test
    @DisplayName("is not fetched, neither from the network nor from other files")
    void nothingFetched(@TempDir Path directory) throws IOException {
        var other = Files.writeString(directory.resolve("other.json"), "{}");
        assertThatThrownBy(() -> DatasetSchemas.of(List.of(definition("{\"$ref\": \"" + other.toUri() + "\"}"))))
                .isInstanceOf(IllegalArgumentException.class);
        var asked = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            var address = "http://127.0.0.1:" + server.getAddress().getPort() + "/schema.json";
            assertThatThrownBy(() -> DatasetSchemas.of(List.of(definition("{\"$ref\": \"" + address + "\"}"))))
                    .isInstanceOf(IllegalArgumentException.class);
        } finally {
            server.stop(0);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    @DisplayName("lies in a file beside the definition, which is no definition itself")
    void besideDefinition(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("card.schema.json"), PERSON);
        var text = """
                id: card
                display: [{locale: en, name: Card}]
                claims: [{path: [name]}]
                formats: {dc+sd-jwt: {vct: "urn:example:card"}}
                schema: %s
                """;
        var file = Files.writeString(directory.resolve("card.yaml"), text.formatted("card.schema.json"));

        var definition = CredentialDefinition.load(file);
        assertThat(DatasetSchemas.of(List.of(definition)).check(definition, dataset("{}")))
                .hasSize(1);

        Files.writeString(file, text.formatted("elsewhere.json"));
        assertThatThrownBy(() -> CredentialDefinition.load(file)).hasMessageContaining("card.yaml:5");
    }
}
