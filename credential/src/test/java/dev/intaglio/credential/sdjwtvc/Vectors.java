package dev.intaglio.credential.sdjwtvc;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/// Examples printed in the standards.
final class Vectors {
    static final JsonObject RFC9901 = read("/sdjwt/rfc9901.json");
    static final JsonObject OPENID4VCI = read("/sdjwt/openid4vci.json");

    private Vectors() {}

    private static JsonObject read(String resource) {
        try (var stream = Objects.requireNonNull(Vectors.class.getResourceAsStream(resource))) {
            return Json.readObject(stream.readAllBytes(), JsonLimits.DOCUMENT);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
