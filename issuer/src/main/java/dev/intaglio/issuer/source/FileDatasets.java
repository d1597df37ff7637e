package dev.intaglio.issuer.source;

import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Claims from a JSON file: an object by subject, in it an object by credential definition, in it the claims.
///
/// ```json
/// {"erika": {"pid": {"family_name": "Mustermann"}, "diploma": {"degree": "BSc"}}}
/// ```
///
/// A file called `*.csv` is a table of people, with a column `subject` and a column for each claim; the same claims go into any
/// credential, which takes those it describes.
public final class FileDatasets implements CredentialDatasets {
    private static final JsonLimits LIMITS = new JsonLimits(64 * 1024 * 1024, 32);

    /// Finds the claims of a subject for a definition.
    private interface Index {
        Optional<JsonObject> find(String subject, String definition);
    }

    private final Index index;

    private FileDatasets(Index index) {
        this.index = index;
    }

    public static FileDatasets of(JsonObject people) {
        return new FileDatasets((subject, definition) ->
                people.optionalObject(subject).flatMap(person -> person.optionalObject(definition)));
    }

    /// A table, as the text of a CSV file (RFC 4180).
    ///
    /// @throws IllegalArgumentException naming the line that cannot be used
    public static FileDatasets csv(String table) {
        var people = CsvPeople.read(table);
        return new FileDatasets((subject, definition) -> Optional.ofNullable(people.get(subject)));
    }

    /// Reads the file, of at most 64 MiB, once.
    ///
    /// @throws IOException if it cannot be read
    /// @throws dev.intaglio.protocol.json.JsonException if it is not such an object
    public static FileDatasets read(Path file) throws IOException {
        if (Files.size(file) > LIMITS.maxBytes()) {
            throw new IOException(file + " is larger than 64 MiB");
        }
        var content = Files.readAllBytes(file);
        return file.toString().endsWith(".csv")
                ? csv(new String(content, StandardCharsets.UTF_8))
                : of(Json.readObject(content, LIMITS));
    }

    @Override
    public Lookup find(Entitlement entitlement) {
        var claims = index.find(entitlement.subject(), entitlement.definition().id());
        return claims.map(found -> Lookup.ready(new CredentialDataset(found)))
                .orElseGet(() -> Lookup.denied("the file has no claims about this subject for "
                        + entitlement.definition().id()));
    }
}
