package dev.intaglio.credential.sdjwtvc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormat;
import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.credential.FormatContents;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.IssuerIdentification;
import dev.intaglio.credential.StatusMechanism;
import dev.intaglio.credential.jose.IssuerSignature;
import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.ProofType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Makes credentials of the format `dc+sd-jwt` (App. A.3 of OpenID4VCI, IETF SD-JWT VC). Which claims their holder may
/// keep back is the definition's to say.
///
/// Each credential costs one signature; what does not change from one to the next is made once.
public final class SdJwtVcFormat implements CredentialFormat {
    public static final String IDENTIFIER = "dc+sd-jwt";
    /// However the wallet names its key, the credential holds it as `cnf.jwk`.
    private static final List<String> BINDING_METHODS = List.of("jwk", "did:jwk", "did:key");

    /// More types than this are a sign of instances made per request; then all are forgotten and it begins anew.
    private static final int MAX_KEPT = 256;

    private final SecureRandom random;
    private final String identifier;
    private final IssuerSignature signature;
    private final Map<FormatConfiguration, Integrity> integrities = new ConcurrentHashMap<>();

    private record Integrity(CredentialDefinition definition, String value) {}

    /// @param random for salts and decoys
    public SdJwtVcFormat(SecureRandom random) {
        this(random, IDENTIFIER);
    }

    /// The same credentials under the name an older draft gave them, which is in their signed header.
    ///
    /// @param identifier format identifier and `typ`: `dc+sd-jwt` or `vc+sd-jwt`
    public SdJwtVcFormat(SecureRandom random, String identifier) {
        if (!SdJwtVcVerifier.TYPES.contains(identifier)) {
            throw new IllegalArgumentException("SD-JWT VC is called " + SdJwtVcVerifier.TYPES + ", not " + identifier);
        }
        this.random = random;
        this.identifier = identifier;
        signature = new IssuerSignature(Map.of("typ", identifier));
    }

    @Override
    public String identifier() {
        return identifier;
    }

    @Override
    public void check(CredentialDefinition definition, FormatConfiguration configuration) {
        configuration.requireKnown("vct", IssuerIdentification.PARAMETER);
        configuration.required("vct");
        IssuerIdentification.check(configuration, EnumSet.allOf(IssuerIdentification.class));
    }

    @Override
    public FormatContents contents(CredentialDefinition definition, FormatConfiguration configuration) {
        return FormatContents.selective(definition, "");
    }

    @Override
    public CredentialConfiguration configuration(
            CredentialDefinition definition,
            FormatConfiguration configuration,
            List<String> proofSigningAlgorithms,
            JWSAlgorithm signingAlgorithm) {
        return new CredentialConfiguration(
                identifier,
                JsonObject.builder()
                        .put("vct", configuration.parameters().string("vct"))
                        .build(),
                Optional.of(configuration.scope()),
                List.of(signingAlgorithm.getName()),
                definition.binding() ? BINDING_METHODS : List.of(),
                definition.binding()
                        ? Map.of("jwt", new ProofType(proofSigningAlgorithms, Optional.empty()))
                        : Map.of(),
                definition.display(),
                definition.claims().descriptions());
    }

    @Override
    public List<StatusMechanism> statusMechanisms() {
        return List.of(StatusMechanism.TOKEN_STATUS_LIST);
    }

    /// The Type Metadata, at `types/` followed by the configuration's identifier, and at the `vct` itself where that is an
    /// address at this issuer.
    @Override
    public Map<String, byte[]> documents(
            URI issuer, CredentialDefinition definition, FormatConfiguration configuration) {
        var type = TypeMetadata.of(definition, configuration);
        var documents = new LinkedHashMap<String, byte[]>();
        documents.put(WellKnown.basePath(issuer) + "/types/" + configuration.id(), type.bytes());
        var vct = configuration.parameters().string("vct");
        if (TypeMetadata.servedBy(issuer, vct)) {
            documents.put(URI.create(vct).getRawPath(), type.bytes());
        }
        return documents;
    }

    @Override
    public String issue(Issuance issuance) {
        var claims = new SelectiveClaims(random, issuance.definition().decoys());
        var payload = payload(issuance);
        claims.addTo(
                payload,
                issuance.definition().claims().root(),
                issuance.dataset().claims());
        var disclosures = claims.disclosures();
        if (disclosures.length > 0) {
            payload.put("_sd_alg", HashAlgorithm.SHA_256.word());
        }
        var credential = signature.sign(payload, issuance);
        credential.write('~');
        credential.writeBytes(disclosures);
        return credential.toString(StandardCharsets.US_ASCII);
    }

    /// What the issuer says itself; none of it may be kept back (SD-JWT VC §3.2.2.2).
    private Map<String, @Nullable Object> payload(Issuance issuance) {
        var from = issuance.validFrom().getEpochSecond();
        var vct = issuance.configuration().parameters().string("vct");
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("iss", IssuerIdentification.issuer(issuance));
        payload.put("iat", from);
        payload.put("nbf", from);
        payload.put("exp", issuance.validUntil().getEpochSecond());
        payload.put("vct", vct);
        if (TypeMetadata.servedBy(issuance.issuer(), vct)) {
            payload.put("vct#integrity", integrity(issuance.definition(), issuance.configuration()));
        }
        if (issuance.definition().binding()) {
            payload.put(
                    "cnf",
                    Map.of("jwk", minimal(issuance.holderKey().orElseThrow().jwk())));
        }
        issuance.status().flatMap(CredentialStatus::statusList).ifPresent(list -> payload.put("status", list.claim()));
        return payload;
    }

    /// The key and nothing a wallet may have written beside it: a `kid` or a certificate would tell verifiers more than
    /// the holder meant to.
    private static Map<String, ?> minimal(JWK key) {
        return key.toPublicJWK().getRequiredParams();
    }

    private String integrity(CredentialDefinition definition, FormatConfiguration configuration) {
        var kept = integrities.get(configuration);
        if (kept != null && kept.definition() == definition) {
            return kept.value();
        }
        var value = TypeMetadata.of(definition, configuration).integrity();
        if (integrities.size() >= MAX_KEPT) {
            integrities.clear();
        }
        integrities.put(configuration, new Integrity(definition, value));
        return value;
    }
}
