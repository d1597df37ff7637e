package dev.intaglio.credential.vcdm;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitionException;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.credential.IssuerIdentification;
import dev.intaglio.protocol.metadata.ClaimsDescription;
import dev.intaglio.protocol.metadata.ClaimsPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a credential definition says of a type as a W3C Verifiable Credential: the parameters of one of its formats.
///
/// ```yaml
/// ldp_vc:
///   credential_definition:
///     "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"]
///     type: [VerifiableCredential, UniversityDegree]
///   credential_schema: {id: "https://university.example/schemas/degree.json", type: JsonSchema}
///   issuer_key: did:web
/// ```
///
/// @param model the data model, known by the first context
/// @param contexts addresses, and contexts spelled out as objects
/// @param types `VerifiableCredential` and at least one that says more
/// @param schema the `credentialSchema` of every credential of the type
public record VcdmType(DataModel model, List<Object> contexts, List<String> types, Optional<CredentialSchema> schema) {
    private static final String EVERY_CREDENTIAL = "VerifiableCredential";

    public VcdmType {
        contexts = List.copyOf(contexts);
        types = List.copyOf(types);
        if (!types.contains(EVERY_CREDENTIAL) || types.size() < 2) {
            throw new IllegalArgumentException(
                    "credential_definition.type names VerifiableCredential and what kind of credential it is");
        }
        if (contexts.isEmpty() || !model.context().equals(contexts.getFirst())) {
            throw new IllegalArgumentException("credential_definition.@context begins with " + model.context());
        }
    }

    /// @param unsaid the data model of a definition that names no context
    /// @throws IllegalArgumentException if the parameters do not describe a type
    public static VcdmType of(FormatConfiguration configuration, DataModel unsaid) {
        var definition = configuration.parameters().object("credential_definition");
        var contexts = definition.optionalArray("@context").orElse(List.of(unsaid.context()));
        var stated = new ArrayList<Object>();
        for (var context : contexts) {
            if (!(context instanceof String) && !(context instanceof Map<?, ?>)) {
                throw new IllegalArgumentException("credential_definition.@context holds addresses and objects only");
            }
            stated.add(context);
        }
        var model = stated.stream()
                .findFirst()
                .flatMap(DataModel::of)
                .orElseThrow(() -> new IllegalArgumentException("credential_definition.@context begins with "
                        + DataModel.V2_0.context() + " or " + DataModel.V1_1.context()));
        return new VcdmType(model, stated, definition.strings("type"), CredentialSchema.of(configuration));
    }

    /// Refuses what a definition cannot say for a format of W3C credentials.
    ///
    /// @param issuers how credentials of the format can say whose they are
    /// @param more parameters the format has besides
    /// @throws CredentialDefinitionException naming file and line
    public static VcdmType check(
            CredentialDefinition definition,
            FormatConfiguration configuration,
            DataModel unsaid,
            Set<IssuerIdentification> issuers,
            String... more) {
        var known = Stream.concat(
                Stream.of("credential_definition", CredentialSchema.PARAMETER, IssuerIdentification.PARAMETER),
                Arrays.stream(more));
        configuration.requireKnown(known.toArray(String[]::new));
        IssuerIdentification.check(configuration, issuers);
        if (!configuration.parameters().has("credential_definition")) {
            throw configuration.error(
                    "the key `credential_definition` is missing: " + configuration.format() + " needs it");
        }
        if (definition.binding() && definition.claims().root().members().containsKey("id")) {
            throw configuration.error("the subject's id is the holder's DID, so no claim can be called id");
        }
        try {
            var type = of(configuration, unsaid);
            type.schema.ifPresent(schema -> schema.requireKept(definition, configuration));
            return type;
        } catch (CredentialDefinitionException unusable) {
            throw unusable;
        } catch (IllegalArgumentException unusable) {
            throw configuration.error(String.valueOf(unusable.getMessage()), "credential_definition");
        }
    }

    /// What [CredentialDefinition] calls `[family_name]` is `[credentialSubject, family_name]` in the credential (App. A.1).
    public static List<ClaimsDescription> descriptions(CredentialDefinition definition) {
        return definition.claims().descriptions().stream()
                .map(claim -> {
                    var elements = new ArrayList<ClaimsPath.Element>();
                    elements.add(new ClaimsPath.Element.Name("credentialSubject"));
                    elements.addAll(claim.path().elements());
                    return new ClaimsDescription(new ClaimsPath(elements), claim.mandatory(), claim.display());
                })
                .toList();
    }

    /// By which verifiers know the type: the last named.
    public String name() {
        return types.getLast();
    }
}
