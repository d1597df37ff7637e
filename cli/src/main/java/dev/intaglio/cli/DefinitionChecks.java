package dev.intaglio.cli;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.spring.TenantDefinition;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What can be seen of definitions without a server: whether they are well-formed, and their credential types and claims
/// can be read. Whether a setting exists and a source answers, the server knows.
final class DefinitionChecks {
    private DefinitionChecks() {}

    /// @return a sentence for each thing that is wrong
    static List<String> problems(Map<String, JsonObject> definitions) {
        var formats = CredentialFormats.onClassPath(new SecureRandom());
        var problems = new ArrayList<String>();
        definitions.forEach((name, json) -> {
            try {
                TenantDefinition.read(json)
                        .files()
                        .forEach((file, text) -> problem(file, text, formats)
                                .ifPresent(wrong -> problems.add(name + "/" + file + ": " + wrong)));
            } catch (IllegalArgumentException wrong) {
                problems.add(name + ": " + wrong.getMessage());
            }
        });
        return problems;
    }

    private static Optional<String> problem(String file, String text, CredentialFormats formats) {
        try {
            if (file.startsWith("types/")) {
                formats.check(CredentialDefinition.read(text, file));
            } else if (file.endsWith(".json")) {
                Json.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT);
            } else if (file.endsWith(".pem") && !text.contains("-----BEGIN CERTIFICATE-----")) {
                return Optional.of("has no certificate");
            }
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.of(String.valueOf(wrong.getMessage()));
        }
    }
}
