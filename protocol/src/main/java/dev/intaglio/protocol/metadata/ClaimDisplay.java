package dev.intaglio.protocol.metadata;

import dev.intaglio.protocol.json.JsonObject;
import java.util.Optional;

/// What a claim is called in one language (App. B.2).
///
/// @param locale a BCP 47 language tag
public record ClaimDisplay(Optional<String> name, Optional<String> locale) {
    public static ClaimDisplay read(JsonObject json) {
        return new ClaimDisplay(json.optionalString("name"), json.optionalString("locale"));
    }

    public JsonObject write() {
        return JsonObject.builder().putIf("name", name).putIf("locale", locale).build();
    }
}
