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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes W3C Verifiable Credentials of data model 2.0 with selective disclosure (VC-JOSE-COSE §3.2): the claims about the subject can
/// be kept back as the definition allows, what the credential is cannot.
///
/// The identifier `vc+sd-jwt` is the media type, as OpenID4VCI 1.0 has none for this securing. Older drafts used it for IETF SD-JWT
/// VC; those have a `vct`, these have an `@context`.
public final class VcSdJwtFormat implements CredentialFormat {
    public static final String IDENTIFIER = "vc+sd-jwt";

    private final SecureRandom random;
    private final PerConfiguration<VcdmType> types =
            new PerConfiguration<>(configuration -> VcdmType.of(configuration, DataModel.V2_0));
    private final IssuerSignature signature = new IssuerSignature(Map.of("typ", IDENTIFIER, "cty", "vc"));

    /// @param random for salts and decoys
    public VcSdJwtFormat(SecureRandom random) {
        this.random = random;
    }

    @Override
    public String identifier() {
        return IDENTIFIER;
    }

    @Override
    public void check(CredentialDefinition definition, FormatConfiguration configuration) {
        var type = VcdmType.check(definition, configuration, DataModel.V2_0, EnumSet.allOf(IssuerIdentification.class));
        if (type.model() != DataModel.V2_0) {
            throw configuration.error(
                    "vc+sd-jwt is of data model 2.0: @context begins with " + DataModel.V2_0.context(),
                    "credential_definition",
                    "@context");
        }
    }

    @Override
    public Map<String, byte[]> documents(
            URI issuer, CredentialDefinition definition, FormatConfiguration configuration) {
        return CredentialSchema.documents(issuer, definition, configuration, types.of(configuration));
    }

    @Override
    public FormatContents contents(CredentialDefinition definition, FormatConfiguration configuration) {
        return FormatContents.selective(definition, "credentialSubject");
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
                IDENTIFIER,
                definition,
                configuration,
                types.of(configuration),
                true,
                proofSigningAlgorithms,
                List.of(signingAlgorithm.getName()));
    }

    @Override
    public String issue(Issuance issuance) {
        var claims = new SelectiveClaims(random, issuance.definition().decoys());
        var payload = VcdmDocument.of(
                issuance, types.of(issuance.configuration()), IssuerIdentification.issuer(issuance), claims);
        payload.putAll(JwtClaims.beside(issuance));
        var disclosures = claims.disclosures();
        if (disclosures.length > 0) {
            payload.put("_sd_alg", "sha-256");
        }
        var credential = signature.sign(payload, issuance);
        credential.write('~');
        credential.writeBytes(disclosures);
        return credential.toString(StandardCharsets.US_ASCII);
    }
}
