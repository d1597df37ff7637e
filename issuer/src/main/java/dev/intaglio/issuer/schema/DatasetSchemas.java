package dev.intaglio.issuer.schema;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.protocol.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON Schemas (draft 2020-12, or what `$schema` says) that datasets have to keep, by credential type. A dataset is looked
/// at as the source supplies it, before anything of it is signed. Nothing is fetched: a schema refers to parts of itself, and to
/// the meta-schemas of JSON Schema.
public final class DatasetSchemas {
    private final Map<String, Schema> byDefinition;

    private DatasetSchemas(Map<String, Schema> byDefinition) {
        this.byDefinition = Map.copyOf(byDefinition);
    }

    /// One thing in a dataset that its schema does not allow. Says where and which rule; never what the value is.
    ///
    /// @param path of the value in the dataset, a JSON Pointer (RFC 6901); empty for the dataset itself
    /// @param rule of the schema, as a JSON Pointer to its keyword
    /// @param member the name that is missing or too much, where the rule is about names; otherwise empty
    public record Violation(String path, String rule, String member) {
        @Override
        public String toString() {
            return (path.isEmpty() ? "the dataset" : path) + " breaks " + rule
                    + (member.isEmpty() ? "" : " (" + member + ")");
        }
    }

    /// Reads the schemas of those definitions that have one.
    ///
    /// @throws IllegalArgumentException naming the definition whose schema cannot be used
    public static DatasetSchemas of(Collection<CredentialDefinition> definitions) {
        var schemas = new LinkedHashMap<String, Schema>();
        for (var definition : definitions) {
            definition.schema().ifPresent(schema -> schemas.put(definition.id(), read(definition.id(), schema)));
        }
        return new DatasetSchemas(schemas);
    }

    private static Schema read(String definition, JsonObject text) {
        try {
            var registry = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    options -> options.schemaLoader(
                            loader -> loader.fetchRemoteResources(false).allow(DatasetSchemas::isMetaSchema)));
            var schema = registry.getSchema(text.text(), InputFormat.JSON);
            schema.initializeValidators(); // a reference that leads nowhere is found now, not by the first wallet
            return schema;
        } catch (SchemaException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    "the JSON Schema of the definition " + definition + " cannot be used: " + unusable.getMessage(),
                    unusable);
        }
    }

    private static boolean isMetaSchema(Object address) {
        var text = address.toString();
        return text.startsWith("https://json-schema.org/") || text.startsWith("http://json-schema.org/");
    }

    /// What of a dataset the schema of its type does not allow; nothing if it has none.
    public List<Violation> check(CredentialDefinition definition, CredentialDataset dataset) {
        var schema = byDefinition.get(definition.id());
        if (schema == null) {
            return List.of();
        }
        var text = dataset.claims().text();
        return schema
                .validate(
                        text,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(DatasetSchemas::violation)
                .distinct()
                .toList();
    }

    /// The library's own message may quote the value.
    private static Violation violation(Error error) {
        var rule = String.valueOf(error.getSchemaLocation().getFragment());
        var member = error.getProperty();
        return new Violation(String.valueOf(error.getInstanceLocation()), rule, member == null ? "" : member);
    }
}
