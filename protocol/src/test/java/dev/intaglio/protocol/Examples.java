package dev.intaglio.protocol;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The examples of OpenID4VCI 1.0 that are whole documents: F.1, I.1, I.2 and the metadata of §12.2.4.
public final class Examples {
    private Examples() {}

    public static JsonObject read() {
        try (var resource = Examples.class.getResourceAsStream("/vectors/vci-examples.json")) {
            if (resource == null) {
                throw new AssertionError("vci-examples.json is missing");
            }
            return Json.readObject(resource.readAllBytes(), JsonLimits.DOCUMENT);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
