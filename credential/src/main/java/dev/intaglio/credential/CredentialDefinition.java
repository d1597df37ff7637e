package dev.intaglio.credential;

import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialDisplay;
import dev.intaglio.protocol.metadata.KeyAttestationsRequired;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A credential type as data: what is in it, how it looks, in which formats it is issued, how long it is valid. A new
/// type is a new file of this kind, not a new class.
///
/// ```yaml
/// id: library-card
/// display:
///   - {locale: en, name: Library card}
/// claims:
///   - {path: [card_number], mandatory: true, sd: never, display: {en: Card number}}
/// formats:
///   dc+sd-jwt: {vct: "urn:example:library-card:1"}
/// ```
///
/// @param id names the type within one issuer
/// @param decoys at most so many digests that stand for nothing are added where claims are disclosed selectively
///     (RFC 9901 §4.2.5)
/// @param source where the claims come from; read by the data source it names
/// @param status how credentials say where their status is to be read; absent if they cannot be taken back
/// @param keyAttestations which key attestations wallets must show; absent if they need none (`key_attestations_required`)
/// @param policy to whom credentials of the type are given, and how many
/// @param schema a JSON Schema that datasets have to keep; absent if there is none
public record CredentialDefinition(
        String id,
        List<CredentialDisplay> display,
        Claims claims,
        List<FormatConfiguration> configurations,
        Validity validity,
        boolean binding,
        int decoys,
        JsonObject source,
        Optional<StatusPolicy> status,
        Optional<KeyAttestationsRequired> keyAttestations,
        IssuancePolicy policy,
        Optional<JsonObject> schema) {
    private static final int MAX_DECOYS = 64;

    public CredentialDefinition {
        display = List.copyOf(display);
        configurations = List.copyOf(configurations);
        requireId(id);
        if (configurations.isEmpty()) {
            throw new IllegalArgumentException("the definition " + id + " has no format");
        }
        if (keyAttestations.isPresent() && !binding) {
            throw new IllegalArgumentException("key_attestations_required is for credentials that are bound to a key");
        }
        if (!policy.proofTypes().isEmpty() && !binding) {
            throw new IllegalArgumentException("proof_types are for credentials that are bound to a key");
        }
        if (decoys < 0 || decoys > MAX_DECOYS) {
            throw new IllegalArgumentException("decoys is a number from 0 to " + MAX_DECOYS);
        }
        var ids = new HashSet<String>();
        for (var configuration : configurations) {
            if (!ids.add(configuration.id())) {
                throw new IllegalArgumentException(
                        "two formats of " + id + " have the configuration_id " + configuration.id());
            }
        }
    }

    /// This type in those of its formats that are named; nothing if there is none.
    Optional<CredentialDefinition> in(Set<String> formats) {
        var left = configurations.stream()
                .filter(configuration -> formats.contains(configuration.format()))
                .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(new CredentialDefinition(
                        id,
                        display,
                        claims,
                        left,
                        validity,
                        binding,
                        decoys,
                        source,
                        status,
                        keyAttestations,
                        policy,
                        schema));
    }

    /// A type whose datasets keep no schema.
    public CredentialDefinition(
            String id,
            List<CredentialDisplay> display,
            Claims claims,
            List<FormatConfiguration> configurations,
            Validity validity,
            boolean binding,
            int decoys,
            JsonObject source,
            Optional<StatusPolicy> status,
            Optional<KeyAttestationsRequired> keyAttestations,
            IssuancePolicy policy) {
        this(
                id,
                display,
                claims,
                configurations,
                validity,
                binding,
                decoys,
                source,
                status,
                keyAttestations,
                policy,
                Optional.empty());
    }

    /// A type that is issued at once to everybody entitled to it.
    public CredentialDefinition(
            String id,
            List<CredentialDisplay> display,
            Claims claims,
            List<FormatConfiguration> configurations,
            Validity validity,
            boolean binding,
            int decoys,
            JsonObject source,
            Optional<StatusPolicy> status,
            Optional<KeyAttestationsRequired> keyAttestations) {
        this(
                id,
                display,
                claims,
                configurations,
                validity,
                binding,
                decoys,
                source,
                status,
                keyAttestations,
                IssuancePolicy.OPEN);
    }

    static String requireId(String id) {
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new IllegalArgumentException(
                    "the id of a definition is made of letters, digits, dots, dashes and underscores");
        }
        return id;
    }

    /// Reads a definition written in YAML or JSON, whose `schema` stands in it. What it says for its formats is not looked at here, but by
    /// [CredentialFormats#check].
    ///
    /// @param fileName for messages
    /// @throws CredentialDefinitionException naming file and line of what cannot be used
    public static CredentialDefinition read(String text, String fileName) {
        return DefinitionFile.read(text, fileName, Optional.empty());
    }

    /// Reads a definition from a file, and its `schema` from one beside it.
    ///
    /// @throws CredentialDefinitionException naming file and line of what cannot be used
    public static CredentialDefinition load(Path file) throws IOException {
        if (Files.size(file) > DefinitionFile.MAX_LENGTH) {
            throw new CredentialDefinitionException(
                    file.getFileName() + ": longer than " + DefinitionFile.MAX_LENGTH + " bytes");
        }
        return DefinitionFile.read(
                Files.readString(file, StandardCharsets.UTF_8), String.valueOf(file.getFileName()), Optional.of(file));
    }
}
