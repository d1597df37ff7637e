package dev.intaglio.credential.dataintegrity;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.ClaimNode;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormat;
import dev.intaglio.credential.DatasetException;
import dev.intaglio.credential.DocumentSecuring;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.credential.FormatContents;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.IssuerIdentification;
import dev.intaglio.credential.PerConfiguration;
import dev.intaglio.credential.StatusMechanism;
import dev.intaglio.credential.sdjwtvc.SelectiveClaims;
import dev.intaglio.credential.vcdm.CredentialSchema;
import dev.intaglio.credential.vcdm.DataModel;
import dev.intaglio.credential.vcdm.VcdmConfiguration;
import dev.intaglio.credential.vcdm.VcdmDocument;
import dev.intaglio.credential.vcdm.VcdmType;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimsPath;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes credentials of the format `ldp_vc` (App. A.1.2): W3C Verifiable Credentials, of data model 2.0 unless the definition names
/// other contexts, secured with a Data Integrity proof.
///
/// The issuer is named by the `did:key` of the key that signs, as the proof's verification method has to be the issuer's own. The
/// cryptosuite is the one over the meaning of the document that the key can make, unless the definition names another as
/// `cryptosuite`.
public final class LdpVcFormat implements CredentialFormat {
    public static final String IDENTIFIER = "ldp_vc";
    private static final String SUITE = "cryptosuite";
    private static final String STATUS_CONTEXT = "https://www.w3.org/ns/credentials/status/v1";
    private static final String PROOF_CONTEXT = "https://w3id.org/security/data-integrity/v2";

    /// A proof names a key by a DID URL of the issuer's, and shows no certificate.
    private static final Set<IssuerIdentification> ISSUERS =
            EnumSet.of(IssuerIdentification.DID_KEY, IssuerIdentification.DID_JWK, IssuerIdentification.DID_WEB);

    private final SecureRandom random;
    private final DataIntegrity dataIntegrity;
    private final PerConfiguration<VcdmType> types = new PerConfiguration<>(LdpVcFormat::type);

    public LdpVcFormat(SecureRandom random, Contexts contexts) {
        this.random = random;
        this.dataIntegrity = new DataIntegrity(contexts);
    }

    @Override
    public String identifier() {
        return IDENTIFIER;
    }

    /// Asks, too, whether the contexts define what the claims are called: what they do not define could not be signed.
    @Override
    public void check(CredentialDefinition definition, FormatConfiguration configuration) {
        VcdmType.check(definition, configuration, DataModel.V2_0, ISSUERS, SUITE);
        var suite = configuration.parameters().optionalString(SUITE);
        if (suite.isPresent() && suite.flatMap(Cryptosuite::of).isEmpty()) {
            throw configuration.error("there is no cryptosuite " + suite.get(), SUITE);
        }
        try {
            var sample = sample(definition, type(definition, configuration));
            if (selective(configuration)) {
                dataIntegrity.requireSelectable(sample);
            } else {
                dataIntegrity.requireDefined(sample);
            }
        } catch (IllegalArgumentException undefined) {
            throw configuration.error(
                    "the contexts do not define every claim (" + undefined.getMessage()
                            + "); the context https://www.w3.org/ns/credentials/undefined-terms/v2 at the end defines"
                            + " whatever is left",
                    "credential_definition",
                    "@context");
        }
    }

    private static JsonObject sample(CredentialDefinition definition, VcdmType type) {
        return JsonObject.builder()
                .put("@context", type.contexts())
                .put("type", type.types())
                .put("credentialSubject", sample(definition.claims().root()))
                .build();
    }

    private static Object sample(ClaimNode claim) {
        if (claim.elements().isPresent()) {
            return List.of(sample(claim.elements().get()));
        }
        if (claim.members().isEmpty()) {
            return "sample";
        }
        var members = new LinkedHashMap<String, Object>();
        claim.members().forEach((name, member) -> members.put(name, sample(member)));
        return members;
    }

    @Override
    public Map<String, byte[]> documents(
            URI issuer, CredentialDefinition definition, FormatConfiguration configuration) {
        return CredentialSchema.documents(issuer, definition, configuration, types.of(configuration));
    }

    @Override
    public FormatContents contents(CredentialDefinition definition, FormatConfiguration configuration) {
        return selective(configuration)
                ? FormatContents.selective(definition, "credentialSubject")
                : FormatContents.inTheClear(definition, "credentialSubject");
    }

    @Override
    public List<StatusMechanism> statusMechanisms() {
        return List.of(StatusMechanism.BITSTRING_STATUS_LIST);
    }

    @Override
    public Optional<DocumentSecuring> documentSecuring() {
        return Optional.of(new ProvenDocuments(dataIntegrity));
    }

    @Override
    public CredentialConfiguration configuration(
            CredentialDefinition definition,
            FormatConfiguration configuration,
            List<String> proofSigningAlgorithms,
            JWSAlgorithm signingAlgorithm) {
        return VcdmConfiguration.of(
                IDENTIFIER,
                definition,
                configuration,
                type(definition, configuration),
                true,
                proofSigningAlgorithms,
                List.of(suite(configuration, signingAlgorithm).identifier()));
    }

    @Override
    public JsonObject issue(Issuance issuance) {
        var key = issuance.signingKey();
        var way = IssuerIdentification.of(issuance.configuration()).orElse(IssuerIdentification.DID_KEY);
        var issuer = way.issuer(issuance.issuer(), key);
        var complete = JsonObject.of(VcdmDocument.of(
                issuance,
                type(issuance.definition(), issuance.configuration()),
                issuer,
                SelectiveClaims.inTheClear(random)));
        var document = complete.with(
                "credentialSubject",
                withoutNothing(complete.object("credentialSubject").members()));
        var options = JsonObject.builder()
                .put("created", issuance.validFrom().toString())
                .put("verificationMethod", way.keyIdentifier(issuance.issuer(), key))
                .put("proofPurpose", "assertionMethod")
                .build();
        var suite = suite(issuance.configuration(), key.algorithm());
        try {
            if (suite.selective()) {
                var mandatory = MandatoryPointers.of(document, issuance.definition());
                return dataIntegrity.signStatements(document, options, mandatory, key, random);
            }
            return dataIntegrity.sign(document, options, suite, key);
        } catch (IllegalArgumentException unsignable) {
            throw new DatasetException(ClaimsPath.of("credentialSubject"), String.valueOf(unsignable.getMessage()));
        }
    }

    /// Without empty arrays and `null`: to JSON-LD they are not there, so they cannot be signed.
    private static Map<String, Object> withoutNothing(Map<?, ?> object) {
        var left = new LinkedHashMap<String, Object>();
        object.forEach((name, value) -> something(value).ifPresent(member -> left.put((String) name, member)));
        return left;
    }

    private static Optional<Object> something(@Nullable Object value) {
        return switch (value) {
            case null -> Optional.empty();
            case List<?> array -> {
                var left = array.stream()
                        .flatMap(element -> something(element).stream())
                        .toList();
                yield left.isEmpty() ? Optional.empty() : Optional.of(left);
            }
            case Map<?, ?> object -> Optional.of(withoutNothing(object));
            case JsonObject object -> Optional.of(withoutNothing(object.members()));
            default -> Optional.of(value);
        };
    }

    /// Data model 2.0 knows status lists by its own context; 1.1 needs another.
    private VcdmType type(CredentialDefinition definition, FormatConfiguration configuration) {
        var type = types.of(configuration);
        if (type.model() == DataModel.V2_0 || definition.status().isEmpty()) {
            return type;
        }
        var contexts = new LinkedHashSet<>(type.contexts());
        contexts.add(STATUS_CONTEXT);
        return new VcdmType(type.model(), List.copyOf(contexts), type.types(), type.schema());
    }

    /// Data model 2.0 knows proofs of this kind by its own context; 1.1 needs another.
    private static VcdmType type(FormatConfiguration configuration) {
        var type = VcdmType.of(configuration, DataModel.V2_0);
        if (type.model() == DataModel.V2_0 || type.contexts().contains(PROOF_CONTEXT)) {
            return type;
        }
        var contexts = new ArrayList<>(type.contexts());
        contexts.add(PROOF_CONTEXT);
        return new VcdmType(type.model(), contexts, type.types(), type.schema());
    }

    private static boolean selective(FormatConfiguration configuration) {
        return configuration
                .parameters()
                .optionalString(SUITE)
                .flatMap(Cryptosuite::of)
                .filter(Cryptosuite::selective)
                .isPresent();
    }

    private static Cryptosuite suite(FormatConfiguration configuration, JWSAlgorithm algorithm) {
        var named = configuration.parameters().optionalString(SUITE);
        if (named.isEmpty()) {
            return Cryptosuite.forKeys(algorithm);
        }
        return named.flatMap(Cryptosuite::of)
                .filter(suite -> suite.hash(algorithm).isPresent())
                .orElseThrow(() -> new IllegalArgumentException("the cryptosuite " + named.get()
                        + " is not known, or not for a key that signs with " + algorithm));
    }
}
