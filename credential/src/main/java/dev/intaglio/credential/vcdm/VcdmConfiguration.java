package dev.intaglio.credential.vcdm;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.ProofType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the issuer metadata says of a W3C Verifiable Credential, however it is secured (App. A.1).
public final class VcdmConfiguration {
    private static final List<String> BINDING_METHODS = List.of("jwk", "did:jwk", "did:key");

    private VcdmConfiguration() {}

    /// @param tellsContexts whether the format's metadata has `@context`
    public static CredentialConfiguration of(
            String format,
            CredentialDefinition definition,
            FormatConfiguration configuration,
            VcdmType type,
            boolean tellsContexts,
            List<String> proofSigningAlgorithms,
            List<Object> signingAlgorithms) {
        return new CredentialConfiguration(
                format,
                JsonObject.builder()
                        .put(
                                "credential_definition",
                                JsonObject.builder()
                                        .putIf(
                                                "@context",
                                                tellsContexts ? Optional.of(type.contexts()) : Optional.empty())
                                        .put("type", type.types())
                                        .build())
                        .build(),
                Optional.of(configuration.scope()),
                signingAlgorithms,
                definition.binding() ? BINDING_METHODS : List.of(),
                definition.binding()
                        ? Map.of("jwt", new ProofType(proofSigningAlgorithms, Optional.empty()))
                        : Map.of(),
                definition.display(),
                VcdmType.descriptions(definition));
    }

    /// The type that credentials of a configuration have, as [VcdmCredential#type] is read.
    public static String type(CredentialConfiguration configuration) {
        return configuration
                .formatParameters()
                .object("credential_definition")
                .strings("type")
                .getLast();
    }
}
