package dev.intaglio.testing.flow;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormat;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.credential.FormatContents;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.StatusMechanism;
import dev.intaglio.credential.sdjwtvc.SdJwtVcFormat;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import java.security.SecureRandom;
import java.util.List;

/// SD-JWT VC as an issuer would announce it that wants keys to be shown, not named by DIDs.
record PlainKeyFormat(SdJwtVcFormat plain) implements CredentialFormat {
    PlainKeyFormat() {
        this(new SdJwtVcFormat(new SecureRandom()));
    }

    @Override
    public String identifier() {
        return plain.identifier();
    }

    @Override
    public void check(CredentialDefinition definition, FormatConfiguration configuration) {
        plain.check(definition, configuration);
    }

    @Override
    public FormatContents contents(CredentialDefinition definition, FormatConfiguration configuration) {
        return plain.contents(definition, configuration);
    }

    @Override
    public CredentialConfiguration configuration(
            CredentialDefinition definition,
            FormatConfiguration configuration,
            List<String> proofSigningAlgorithms,
            JWSAlgorithm signingAlgorithm) {
        var announced = plain.configuration(definition, configuration, proofSigningAlgorithms, signingAlgorithm);
        return new CredentialConfiguration(
                announced.format(),
                announced.formatParameters(),
                announced.scope(),
                announced.signingAlgorithms(),
                List.of("jwk"),
                announced.proofTypes(),
                announced.display(),
                announced.claims());
    }

    @Override
    public List<StatusMechanism> statusMechanisms() {
        return plain.statusMechanisms();
    }

    @Override
    public Object issue(Issuance issuance) {
        return plain.issue(issuance);
    }
}
