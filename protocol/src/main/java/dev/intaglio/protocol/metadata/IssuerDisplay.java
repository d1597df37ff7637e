package dev.intaglio.protocol.metadata;

import dev.intaglio.protocol.json.JsonObject;
import java.util.Optional;

/// How the Credential Issuer is called in one language (§12.2.4).
public record IssuerDisplay(Optional<String> name, Optional<String> locale, Optional<Logo> logo) {
    public static IssuerDisplay read(JsonObject json) {
        return new IssuerDisplay(
                json.optionalString("name"), json.optionalString("locale"), json.optional("logo", Logo::read));
    }

    public JsonObject write() {
        return JsonObject.builder()
                .putIf("name", name)
                .putIf("locale", locale)
                .putIf("logo", logo.map(Logo::write))
                .build();
    }
}
