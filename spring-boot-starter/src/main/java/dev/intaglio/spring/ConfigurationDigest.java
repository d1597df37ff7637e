package dev.intaglio.spring;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.StatusPolicy;
import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.protocol.jose.SignedJwt;
import java.nio.charset.StandardCharsets;

/// A hash over what an issuer issues and by which rules, so that the issuance log tells when that changed.
final class ConfigurationDigest {
    private ConfigurationDigest() {}

    static String of(CredentialIssuer issuer) {
        var text = new StringBuilder(issuer.metadata().credentialIssuer().toString());
        issuer.metadata()
                .configurations()
                .forEach((id, configuration) -> text.append('\n')
                        .append(id)
                        .append(' ')
                        .append(configuration.write().text()));
        issuer.definitions().forEach(definition -> text.append('\n').append(rules(definition)));
        return SignedJwt.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String rules(CredentialDefinition definition) {
        return String.join(
                " ",
                definition.id(),
                definition.validity().toString(),
                definition.policy().toString(),
                String.valueOf(definition.binding()),
                String.valueOf(definition.decoys()),
                definition.source().text(),
                definition.status().map(StatusPolicy::text).orElse(""));
    }
}
