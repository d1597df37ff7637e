package dev.intaglio.issuer.source;

import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Claims from a JSON file: an object by subject, in it an object by credential definition, in it the claims.
///
/// ```json
/// {"erika": {"pid": {"family_name": "Mustermann"}, "diploma": {"degree": "BSc"}}}
/// ```
public final class FileDatasets implements CredentialDatasets {
    private static final JsonLimits LIMITS = new JsonLimits(64 * 1024 * 1024, 32);

    private final JsonObject people;

    private FileDatasets(JsonObject people) {
        this.people = people;
    }

    public static FileDatasets of(JsonObject people) {
        return new FileDatasets(people);
    }

    /// Reads the file, of at most 64 MiB, once.
    ///
    /// @throws IOException if it cannot be read
    /// @throws dev.intaglio.protocol.json.JsonException if it is not such an object
    public static FileDatasets read(Path file) throws IOException {
        return new FileDatasets(Json.readObject(Files.readAllBytes(file), LIMITS));
    }

    @Override
    public Lookup find(Entitlement entitlement) {
        Optional<JsonObject> claims = people.optionalObject(entitlement.subject())
                .flatMap(
                        person -> person.optionalObject(entitlement.definition().id()));
        return claims.map(found -> Lookup.ready(new CredentialDataset(found)))
                .orElseGet(() -> Lookup.denied("the file has no claims about this subject for "
                        + entitlement.definition().id()));
    }
}
