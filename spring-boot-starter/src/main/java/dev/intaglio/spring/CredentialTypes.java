package dev.intaglio.spring;

import dev.intaglio.authorization.grant.RequestableCredential;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.issuer.source.LoginDatasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// The credential types that are issued.
///
/// @param shipped whether they are those that come with Intaglio
public record CredentialTypes(List<CredentialDefinition> definitions, boolean shipped) {
    public CredentialTypes {
        definitions = List.copyOf(definitions);
    }

    static CredentialTypes of(IntaglioProperties properties, CredentialFormats formats) throws IOException {
        if (properties.credentials().isEmpty()) {
            return new CredentialTypes(CredentialDefinitions.shipped(formats), true);
        }
        var directory = Path.of(properties.credentials().get());
        if (!Files.isDirectory(directory)) {
            throw new IllegalStateException("intaglio.credentials is not a directory: " + directory);
        }
        var definitions = CredentialDefinitions.in(directory, formats);
        if (definitions.isEmpty()) {
            throw new IllegalStateException("intaglio.credentials has no definitions (*.yaml, *.json): " + directory);
        }
        return new CredentialTypes(definitions, false);
    }

    /// Every scope a wallet can ask for.
    List<String> scopes() {
        return definitions.stream()
                .flatMap(definition -> definition.configurations().stream())
                .map(configuration -> configuration.scope())
                .distinct()
                .toList();
    }

    /// The claims that are taken from sign-ins, by their outermost names; no others are kept.
    public Set<String> claimsOfSignIns() {
        return LoginDatasets.wanted(definitions);
    }

    /// What a wallet can ask for at the authorization endpoint.
    List<RequestableCredential> requestable() {
        return definitions.stream()
                .flatMap(definition -> definition.configurations().stream())
                .map(configuration -> RequestableCredential.of(configuration.id(), configuration.scope()))
                .toList();
    }
}
