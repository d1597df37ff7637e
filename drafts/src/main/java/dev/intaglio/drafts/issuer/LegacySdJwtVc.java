package dev.intaglio.drafts.issuer;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormat;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.credential.FormatContents;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.StatusMechanism;
import dev.intaglio.credential.sdjwtvc.SdJwtVcFormat;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/// SD-JWT VC as drafts up to 14 know it: definitions say `dc+sd-jwt`, metadata and signed header `vc+sd-jwt`.
final class LegacySdJwtVc implements CredentialFormat {
    static final String IDENTIFIER = "vc+sd-jwt";

    private final SdJwtVcFormat format;

    LegacySdJwtVc(SecureRandom random) {
        format = new SdJwtVcFormat(random, IDENTIFIER);
    }

    @Override
    public String identifier() {
        return SdJwtVcFormat.IDENTIFIER;
    }

    @Override
    public void check(CredentialDefinition definition, FormatConfiguration configuration) {
        format.check(definition, configuration);
    }

    @Override
    public FormatContents contents(CredentialDefinition definition, FormatConfiguration configuration) {
        return format.contents(definition, configuration);
    }

    @Override
    public CredentialConfiguration configuration(
            CredentialDefinition definition,
            FormatConfiguration configuration,
            List<String> proofSigningAlgorithms,
            JWSAlgorithm signingAlgorithm) {
        return format.configuration(definition, configuration, proofSigningAlgorithms, signingAlgorithm);
    }

    @Override
    public List<StatusMechanism> statusMechanisms() {
        return format.statusMechanisms();
    }

    @Override
    public Object issue(Issuance issuance) {
        return format.issue(issuance);
    }

    @Override
    public Map<String, byte[]> documents(
            URI issuer, CredentialDefinition definition, FormatConfiguration configuration) {
        return format.documents(issuer, definition, configuration);
    }
}
