package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("intaglio source try")
class SourceTryTest {
    private static final String CARD = """
            id: card
            display: [{locale: en, name: Card}]
            claims:
              - {path: [name], mandatory: true}
              - {path: [address, town]}
              - {path: [nickname]}
              - {path: [groups]}
              - {path: [groups, null]}
            formats:
              dc+sd-jwt: {configuration_id: card_sd_jwt, vct: "urn:example:card"}
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void settings() throws IOException {
        Files.createDirectories(directory.resolve("credentials"));
        Files.writeString(directory.resolve("server.yaml"), """
                intaglio:
                  credentials: ${config-directory}/credentials
                  datasources:
                    registry:
                      url: jdbc:sqlite:%s
                """.formatted(directory.resolve("registry.db")));
    }

    private void definition(String more) throws IOException {
        Files.writeString(directory.resolve("credentials/card.yaml"), CARD + more);
    }

    private Ran ran(String... more) {
        var arguments = new ArrayList<>(List.of("source", "try", "card"));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--config", "server.yaml"));
        return Ran.in(directory).run(arguments.toArray(String[]::new));
    }

    @Test
    @DisplayName(
            "says of each claim the column, what becomes of it, its value, or why there is none; and what a credential carries")
    void query() throws IOException, SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("registry.db"));
                var statement = connection.createStatement()) {
            statement.execute("create table person (id text, name text, town text, groups text, shoe_size integer)");
            statement.execute("insert into person values ('1', 'Erika', null, '[\"chess\", \"go\"]', 38)");
        }
        definition("""
                source:
                  sql: >
                    select name, town as "address.town", groups as "groups[]", shoe_size from person where id = :subject
                schema: {properties: {shoe_size: {type: string}}}
                """);

        var ran = ran("1");

        assertThat(ran.code()).as(ran.err()).isEqualTo(1); // since the schema is not kept
        assertThat(ran.out())
                .contains("datasource registry", "shoe_size", "/properties/shoe_size/type", "card_sd_jwt")
                .containsPattern("name +Erika +← column \"name\"")
                .containsPattern("address\\.town +– nothing stands there +← column \"address.town\"")
                .containsPattern("nickname +– the source has no such place +← column \"nickname\"")
                .containsPattern("groups +\\[\"chess\",\"go\"\\] +← column \"groups\\[\\]\", a list");
        var json = ran("1", "--json").json();
        assertThat(json.objects("claims")).hasSize(4);
        assertThat(json.objects("claims").getFirst().string("value")).isEqualTo("Erika");
        assertThat(json.strings("left_out")).containsExactly("shoe_size");
        assertThat(json.objects("formats").getFirst().object("carries").string("name"))
                .isEqualTo("Erika");
        var nobody = ran("2");
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.out()).contains("no row");
    }

    @Test
    @DisplayName("names the place in a file, and the mandatory claim without which there is no credential")
    void file() throws IOException {
        Files.writeString(directory.resolve("people.json"), "{\"1\": {\"card\": {\"nickname\": \"Eri\"}}}");
        definition("source: {file: \"" + directory.resolve("people.json") + "\"}\n");

        var ran = ran("1");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains("Eri   ← /1/card/nickname", "people.json", "mandatory", "cannot be made", "no name");
    }

    @Test
    @DisplayName("takes what a sign-in would tell from a file")
    void login() throws IOException {
        Files.writeString(
                directory.resolve("id-token.json"), "{\"preferred\": \"Erika\", \"home\": {\"city\": \"Köln\"}}");
        definition("source: {login: {name: preferred, address.town: home.city}}\n");

        var ran = ran("1", "--login", "id-token.json");

        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out())
                .contains("Erika   ← its claim preferred", "Köln   ← its claim home.city")
                .contains("named by no part of the login source");
        assertThat(ran("1").out()).contains("nothing is known of a sign-in");
    }

    @Test
    @DisplayName("works without settings on the sample people; of an unknown type it names those there are")
    void samples() {
        var ran = Ran.in(directory).run("source", "try", "pid", "erika");
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out()).contains("the sample people", "/erika/pid/family_name", "Sandmann", "mso_mdoc");
        var unknown = Ran.in(directory).run("source", "try", "crown", "erika");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("no credential type crown", "pid, mdl");
    }
}
