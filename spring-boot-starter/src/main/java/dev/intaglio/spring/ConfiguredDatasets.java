package dev.intaglio.spring;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.issuer.source.FileDatasets;
import dev.intaglio.issuer.source.LoginDatasets;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.storage.jdbc.source.SqlDatasets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims from where each definition says: its query (`sql`), its service (`http`), its file (`file`), the sign-in (`login`), the
/// offer alone (`offer`), or the file of all claims. What is missing
/// is told at start, not to the first wallet.
final class ConfiguredDatasets implements CredentialDatasets, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredDatasets.class);
    private static final String SAMPLE_PEOPLE = "/intaglio/sample-people.json";

    private final Map<String, CredentialDatasets> byDefinition;
    private final Optional<SqlDatasets> queries;
    private final IntaglioProperties properties;
    private final HttpSourceProperties services;

    private ConfiguredDatasets(
            Map<String, CredentialDatasets> byDefinition,
            Optional<SqlDatasets> queries,
            IntaglioProperties properties,
            HttpSourceProperties services) {
        this.byDefinition = Map.copyOf(byDefinition);
        this.queries = queries;
        this.properties = properties;
        this.services = services;
    }

    static ConfiguredDatasets of(
            IntaglioProperties properties, HttpSourceProperties services, CredentialTypes types, Clock clock)
            throws IOException {
        var queries = queries(properties);
        var files = new HashMap<Path, FileDatasets>();
        var byDefinition = new LinkedHashMap<String, CredentialDatasets>();
        for (var definition : types.definitions()) {
            if (SqlDatasets.describes(definition.source())) {
                var sql = queries.orElseThrow(() -> new IllegalStateException("the definition " + definition.id()
                        + " has an sql source; set intaglio.datasources.<name>.url to the database it asks"));
                sql.check(definition);
                byDefinition.put(definition.id(), sql);
            } else if (LoginDatasets.describes(definition.source())) {
                LoginDatasets.mapping(definition);
                byDefinition.put(definition.id(), new LoginDatasets());
            } else if (definition.source().has("offer")) {
                byDefinition.put(
                        definition.id(),
                        entitlement -> Lookup.denied("the claims come with the offer, and here none did"));
            } else if (definition.source().has("http")) {
                byDefinition.put(definition.id(), services.datasets(definition, clock));
            } else {
                byDefinition.put(definition.id(), file(properties, types, definition, files));
            }
        }
        return new ConfiguredDatasets(byDefinition, queries, properties, services);
    }

    @Override
    public Lookup find(Entitlement entitlement) {
        return Optional.ofNullable(byDefinition.get(entitlement.definition().id()))
                .map(source -> source.find(entitlement))
                .orElseGet(() -> Lookup.denied("no source for the definition "
                        + entitlement.definition().id()));
    }

    /// Where the claims of a definition come from, for people who set that up.
    SourceOrigins origins(CredentialDefinition definition) {
        var source = definition.source();
        if (SqlDatasets.describes(source)) {
            var sql = queries.orElseThrow();
            return SourceOrigins.sql(sql.datasource(definition), sql.columns(definition));
        }
        if (LoginDatasets.describes(source)) {
            return SourceOrigins.login(definition);
        }
        if (source.has("offer")) {
            return SourceOrigins.offer();
        }
        if (source.has("http")) {
            return SourceOrigins.http(services.address(source.string("http")));
        }
        var file = source.optionalString("file").or(properties::claims);
        return file.filter(name -> name.endsWith(".csv"))
                .map(SourceOrigins::table)
                .orElseGet(() -> SourceOrigins.jsonFile(file.orElse("the sample people"), definition));
    }

    @Override
    public void close() {
        queries.ifPresent(SqlDatasets::close);
    }

    private static Optional<SqlDatasets> queries(IntaglioProperties properties) {
        if (properties.datasources().isEmpty()) {
            return Optional.empty();
        }
        var builder = SqlDatasets.builder();
        properties.datasources().forEach((name, database) -> {
            if (database.url().isEmpty()) {
                throw new IllegalStateException("intaglio.datasources." + name + ".url is missing");
            }
            builder.dataSource(name, database.url(), database.user(), database.password(), database.poolSize());
        });
        return Optional.of(builder.build());
    }

    private static FileDatasets file(
            IntaglioProperties properties,
            CredentialTypes types,
            CredentialDefinition definition,
            Map<Path, FileDatasets> files)
            throws IOException {
        var named = definition.source().optionalString("file").or(properties::claims);
        if (named.isPresent()) {
            return read(Path.of(named.get()), files);
        }
        if (!types.shipped()) {
            throw new IllegalStateException(
                    "where do the claims of the definition " + definition.id()
                            + " come from? Give it a source (sql, http, file, login or offer), or set intaglio.claims to a file of claims");
        }
        return samplePeople(files);
    }

    private static FileDatasets read(Path file, Map<Path, FileDatasets> files) throws IOException {
        var known = files.get(file);
        if (known != null) {
            return known;
        }
        var datasets = FileDatasets.read(file);
        files.put(file, datasets);
        return datasets;
    }

    private static FileDatasets samplePeople(Map<Path, FileDatasets> files) throws IOException {
        var resource = Path.of(SAMPLE_PEOPLE);
        var known = files.get(resource);
        if (known != null) {
            return known;
        }
        try (var stream = ConfiguredDatasets.class.getResourceAsStream(SAMPLE_PEOPLE)) {
            if (stream == null) {
                throw new IllegalStateException("the resource " + SAMPLE_PEOPLE + " is missing");
            }
            LOG.info(
                    "Claims are those of the sample people; set intaglio.claims or give definitions a source for real ones");
            var people = FileDatasets.of(Json.readObject(stream.readAllBytes()));
            files.put(resource, people);
            return people;
        }
    }
}
