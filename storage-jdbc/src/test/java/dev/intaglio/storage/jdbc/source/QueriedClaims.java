package dev.intaglio.storage.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.storage.jdbc.StorageException;
import dev.intaglio.testing.store.Race;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What [SqlDatasets] does on every database.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class QueriedClaims {
    private static final String PERSON = """
            select given_name, family_name, birth_date as birthdate, height, score, active, member_since,
                   street as "address.street_address", city as "address.locality", country as "address.geo.country",
                   nationalities as "nationalities[]", nickname
            from person where id = :subject
            """;

    private SqlDatasets datasets;

    abstract DataSource connections() throws SQLException;

    /// A query that runs for a long time.
    abstract String endless();

    @BeforeAll
    void fill() throws SQLException {
        try (var connection = connections().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    create table person (
                        id text primary key, number bigint, given_name text, family_name text, birth_date date, height bigint,
                        score numeric(6,2), active boolean, member_since text, street text, city text, country text,
                        nationalities text, nickname text)
                    """);
            statement.execute("""
                    insert into person values
                        ('alice', 7, 'Alice', 'O''Neill', '1990-02-28', 172, 12.5, true, '2020', 'Main St 1', 'Köln', 'DE', '["DE","FR"]', null),
                        ('bob', 8, 'Bob', 'Builder', '1991-03-01', 180, 1, false, '2021', 'Side St 2', 'Bonn', 'DE', 'no array', 'Bobby'),
                        ('zoë''; drop table person; --', 9, 'Zoë', 'Zed', null, null, null, null, null, null, null, null, null, null)
                    """);
        }
        datasets = SqlDatasets.builder()
                .dataSource("registry", connections())
                .timeout(Duration.ofSeconds(1))
                .build();
    }

    @AfterAll
    void close() {
        datasets.close();
    }

    @Test
    @DisplayName("columns become claims: dots nest, brackets make lists, a null is absent")
    void claims() {
        var claims = claims(PERSON, "alice");
        assertThat(claims.members())
                .containsOnlyKeys(
                        "given_name",
                        "family_name",
                        "birthdate",
                        "height",
                        "score",
                        "active",
                        "member_since",
                        "address",
                        "nationalities");
        assertThat(claims.string("given_name")).isEqualTo("Alice");
        assertThat(claims.string("family_name")).isEqualTo("O'Neill");
        assertThat(claims.string("birthdate")).isEqualTo("1990-02-28");
        assertThat(claims.integer("height")).isEqualTo(172);
        assertThat((BigDecimal) claims.members().get("score")).isEqualByComparingTo("12.5");
        assertThat(claims.flag("active")).isTrue();
        assertThat(claims.string("member_since")).isEqualTo("2020");
        assertThat(claims.object("address")).isEqualTo(Json.readObject("""
                {"street_address": "Main St 1", "locality": "Köln", "geo": {"country": "DE"}}"""));
        assertThat(claims.strings("nationalities")).containsExactly("DE", "FR");
        assertThat(Json.readObject(claims.bytes()).string("given_name")).isEqualTo("Alice");
    }

    @Test
    @DisplayName("a boolean that is false is a claim")
    void falseIsAClaim() {
        assertThat(claims("select active from person where id = :subject", "bob")
                        .optionalBoolean("active"))
                .contains(false);
    }

    @Test
    @DisplayName("a subject without a row is denied")
    void noRow() {
        assertThat(datasets.find(entitlement(PERSON, "nobody")))
                .isInstanceOfSatisfying(
                        Lookup.Denied.class,
                        denied -> assertThat(denied.reason()).contains("card").doesNotContain("nobody"));
    }

    @Test
    @DisplayName("several rows for a subject are a fault that names the definition")
    void severalRows() {
        assertThatThrownBy(() ->
                        datasets.find(entitlement("select given_name from person where id <> :subject", "nobody")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("card")
                .hasMessageContaining("more than one row");
    }

    @Test
    @DisplayName("a subject is a value, whatever it looks like")
    void noInjection() {
        assertThat(claims("select given_name from person where id = :subject", "zoë'; drop table person; --")
                        .string("given_name"))
                .isEqualTo("Zoë");
        assertThat(datasets.find(entitlement(PERSON, "x' or '1'='1"))).isInstanceOf(Lookup.Denied.class);
        assertThat(datasets.find(entitlement(PERSON, "alice"))).isInstanceOf(Lookup.Ready.class);
    }

    @Test
    @DisplayName("a subject is found in a column of numbers, too")
    void numericSubject() {
        assertThat(claims("select given_name from person where number = :subject", "8")
                        .string("given_name"))
                .isEqualTo("Bob");
    }

    @Test
    @DisplayName("what is not the JSON array its label promises is a fault that names the label and not the value")
    void noArray() {
        assertThatThrownBy(() -> datasets.find(entitlement(PERSON, "bob")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("nationalities[]")
                .hasMessageNotContaining("no array");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("labels that do not make one object are a fault")
    @ValueSource(
            strings = {
                "select city as \"address\", street as \"address.street\" from person where id = :subject",
                "select street as \"address.street\", city as \"address\" from person where id = :subject",
                "select city as \"place\", street as \"place\" from person where id = :subject",
                "select city as \"address..city\" from person where id = :subject",
            })
    void clashingLabels(String sql) {
        assertThatThrownBy(() -> datasets.find(entitlement(sql, "alice")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("card");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a query that writes fails, and writes nothing")
    @ValueSource(
            strings = {
                "delete from person where id = :subject returning given_name",
                "update person set given_name = 'Mallory' where id = :subject returning given_name",
            })
    void readOnly(String sql) {
        assertThatThrownBy(() -> datasets.find(entitlement(sql, "alice"))).isInstanceOf(StorageException.class);
        assertThat(claims(PERSON, "alice").string("given_name")).isEqualTo("Alice");
    }

    @Test
    @Timeout(20)
    @DisplayName("a query that takes too long is stopped, and the next one is not")
    void timeout() {
        assertThatThrownBy(() -> datasets.find(entitlement(endless(), "alice")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("card");
        assertThat(claims(PERSON, "alice").string("given_name")).isEqualTo("Alice");
    }

    @Test
    @DisplayName("many ask at once, and each gets its own subject's claims")
    void manyAtOnce() {
        var names = Race.run(runner ->
                () -> claims("select given_name from person where id = :subject", runner % 2 == 0 ? "alice" : "bob")
                        .string("given_name")
                        .equals(runner % 2 == 0 ? "Alice" : "Bob"));
        assertThat(names).containsOnly(true);
    }

    @Test
    @DisplayName("at start the database is asked whether it understands a query")
    void checks() {
        datasets.check(definition(source(PERSON)));
        for (var wrong : List.of(
                "select shoe_size from person where id = :subject",
                "select given_name from persons where id = :subject",
                "selekt given_name from person where id = :subject",
                "select given_name from person")) {
            assertThatThrownBy(() -> datasets.check(definition(source(wrong))))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("card");
        }
    }

    @Test
    @DisplayName("a definition names its data source where there are several")
    void severalDataSources() throws SQLException {
        try (var several = SqlDatasets.builder()
                .dataSource("registry", connections())
                .dataSource("other", connections())
                .build()) {
            several.check(definition(source(PERSON).with("datasource", "registry")));
            assertThatThrownBy(() -> several.check(definition(source(PERSON))))
                    .hasMessageContaining("must name its datasource")
                    .hasMessageContaining("[other, registry]");
            assertThatThrownBy(() -> several.check(definition(source(PERSON).with("datasource", "registrar"))))
                    .hasMessageContaining("no datasource registrar");
        }
    }

    @Test
    @DisplayName("a source without a query is no source of ours")
    void describes() {
        assertThat(SqlDatasets.describes(source(PERSON))).isTrue();
        assertThat(SqlDatasets.describes(
                        JsonObject.builder().put("file", "people.yaml").build()))
                .isFalse();
        assertThatThrownBy(() -> datasets.check(definition(JsonObject.empty()))).hasMessageContaining("sql is missing");
    }

    final JsonObject claims(String sql, String subject) {
        var lookup = datasets.find(entitlement(sql, subject));
        assertThat(lookup).isInstanceOf(Lookup.Ready.class);
        return ((Lookup.Ready) lookup).dataset().claims();
    }

    private static Entitlement entitlement(String sql, String subject) {
        var definition = definition(source(sql));
        return new Entitlement(
                subject,
                definition,
                definition.configurations().getFirst(),
                Optional.empty(),
                Optional.empty(),
                "authorization");
    }

    static JsonObject source(String sql) {
        return JsonObject.builder().put("sql", sql).build();
    }

    static CredentialDefinition definition(JsonObject source) {
        return CredentialDefinition.read("""
                {"id": "card", "display": [{"locale": "en", "name": "Card"}],
                 "claims": [{"path": ["given_name"], "display": {"en": "Name"}}],
                 "formats": {"dc+sd-jwt": {"vct": "urn:example:card:1"}},
                 "source": %s}
                """.formatted(source.text()), "card.json");
    }
}
