package dev.intaglio.credential.vcdm;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormat;
import dev.intaglio.credential.DocumentSecuring;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.credential.FormatContents;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.IssuerIdentification;
import dev.intaglio.credential.PerConfiguration;
import dev.intaglio.credential.StatusMechanism;
import dev.intaglio.credential.jose.IssuerSignature;
import dev.intaglio.credential.sdjwtvc.SelectiveClaims;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes W3C Verifiable Credentials as JWT. How is the data model's to say: one of version 1.1 stands in the claim `vc`,
/// with the claims of the JWT beside it that mean the same (VCDM 1.1 §6.3.1); one of version 2.0 is the claims set itself
/// (VC-JOSE-COSE §3.1).
public final class JwtVcFormat implements CredentialFormat {
    private final String identifier;
    private final DataModel unsaid;
    private final boolean tellsContexts;
    private final SecureRandom random;
    private final PerConfiguration<VcdmType> types;
    private final IssuerSignature inClaim = new IssuerSignature(Map.of("typ", "JWT"));
    private final IssuerSignature asClaims = new IssuerSignature(Map.of("typ", "vc+jwt", "cty", "vc"));

    private JwtVcFormat(String identifier, DataModel unsaid, boolean tellsContexts, SecureRandom random) {
        this.identifier = identifier;
        this.unsaid = unsaid;
        this.tellsContexts = tellsContexts;
        this.random = random;
        this.types = new PerConfiguration<>(configuration -> VcdmType.of(configuration, unsaid));
    }

    /// `jwt_vc_json` (App. A.1.1): for wallets that need no JSON-LD. Of data model 1.1, unless the definition names contexts.
    public static JwtVcFormat jwtVcJson(SecureRandom random) {
        return new JwtVcFormat("jwt_vc_json", DataModel.V1_1, false, random);
    }

    /// `jwt_vc_json-ld` (App. A.1.3): the contexts mean something. Of data model 1.1, unless the definition names contexts.
    public static JwtVcFormat jwtVcJsonLd(SecureRandom random) {
        return new JwtVcFormat("jwt_vc_json-ld", DataModel.V1_1, true, random);
    }

    /// `vc+jwt`, after the media type: data model 2.0 secured with JOSE, for which OpenID4VCI 1.0 has no identifier.
    public static JwtVcFormat vcJwt(SecureRandom random) {
        return new JwtVcFormat("vc+jwt", DataModel.V2_0, true, random);
    }

    @Override
    public String identifier() {
        return identifier;
    }

    @Override
    public void check(CredentialDefinition definition, FormatConfiguration configuration) {
        VcdmType.check(definition, configuration, unsaid, EnumSet.allOf(IssuerIdentification.class));
    }

    @Override
    public Map<String, byte[]> documents(
            URI issuer, CredentialDefinition definition, FormatConfiguration configuration) {
        return CredentialSchema.documents(issuer, definition, configuration, types.of(configuration));
    }

    @Override
    public FormatContents contents(CredentialDefinition definition, FormatConfiguration configuration) {
        return FormatContents.inTheClear(definition, "credentialSubject");
    }

    @Override
    public List<StatusMechanism> statusMechanisms() {
        return List.of(StatusMechanism.BITSTRING_STATUS_LIST, StatusMechanism.TOKEN_STATUS_LIST);
    }

    @Override
    public Optional<DocumentSecuring> documentSecuring() {
        return Optional.of(JoseDocuments.INSTANCE);
    }

    @Override
    public CredentialConfiguration configuration(
            CredentialDefinition definition,
            FormatConfiguration configuration,
            List<String> proofSigningAlgorithms,
            JWSAlgorithm signingAlgorithm) {
        return VcdmConfiguration.of(
                identifier,
                definition,
                configuration,
                types.of(configuration),
                tellsContexts,
                proofSigningAlgorithms,
                List.of(signingAlgorithm.getName()));
    }

    @Override
    public String issue(Issuance issuance) {
        var type = types.of(issuance.configuration());
        var document = VcdmDocument.of(
                issuance, type, IssuerIdentification.issuer(issuance), SelectiveClaims.inTheClear(random));
        var jws = switch (type.model()) {
            case V1_1 -> inClaim.sign(around(document, issuance), issuance);
            case V2_0 -> {
                document.putAll(JwtClaims.beside(issuance));
                yield asClaims.sign(document, issuance);
            }
        };
        return jws.toString(StandardCharsets.US_ASCII);
    }

    private static Map<String, @Nullable Object> around(Map<String, @Nullable Object> document, Issuance issuance) {
        var payload = new LinkedHashMap<String, @Nullable Object>(JwtClaims.beside(issuance));
        payload.put("nbf", issuance.validFrom().getEpochSecond());
        issuance.holderKey().map(HolderDid::of).ifPresent(did -> payload.put("sub", did));
        payload.put("vc", document);
        return payload;
    }
}
