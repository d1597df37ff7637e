package dev.intaglio.issuer;

import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.credential.IssuerIdentification;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.did.DidDocument;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// What a Credential Issuer says of itself: its metadata (§12.2), and the documents its credentials point to.
final class Announced {
    private final CredentialIssuer.Builder issuer;
    private final CredentialFormats formats;
    private final Map<String, CredentialConfiguration> configurations;

    Announced(CredentialIssuer.Builder issuer, CredentialFormats formats) {
        this.issuer = issuer;
        this.formats = formats;
        this.configurations = configurations(issuer, formats);
    }

    Map<String, CredentialConfiguration> configurations() {
        return configurations;
    }

    private static Map<String, CredentialConfiguration> configurations(
            CredentialIssuer.Builder issuer, CredentialFormats formats) {
        var configurations = new LinkedHashMap<String, CredentialConfiguration>();
        for (var definition : issuer.definitions) {
            for (FormatConfiguration configuration : definition.configurations()) {
                var format = formats.of(configuration);
                var signer = issuer.keys.current(format.keyUse(), KeyUse.CREDENTIAL);
                format.checkSigner(configuration, signer);
                var withProofs = issuer.proofPolicy.announce(
                        configuration.id(),
                        format.configuration(
                                definition, configuration, issuer.proofPolicy.signingAlgorithms(), signer.algorithm()),
                        definition.keyAttestations(),
                        definition.policy().proofTypes());
                var announced = definition
                        .policy()
                        .reuse()
                        .map(withProofs::withReusePolicy)
                        .orElse(withProofs);
                if (configurations.put(configuration.id(), announced) != null) {
                    throw new IllegalStateException("two credential configurations are called " + configuration.id());
                }
            }
        }
        return configurations;
    }

    CredentialIssuerMetadata metadata(String base) {
        return new CredentialIssuerMetadata(
                issuer.identifier,
                issuer.authorizationServers,
                issuer.identifier.resolve(base + "/credential"),
                Optional.of(issuer.identifier.resolve(base + "/nonce")),
                issuer.transactions.map(store -> issuer.identifier.resolve(base + "/deferred_credential")),
                issuer.notifications.map(store -> issuer.identifier.resolve(base + "/notification")),
                issuer.encryption.requestMetadata(),
                issuer.encryption.responseMetadata(),
                issuer.batchSize > 1 ? OptionalInt.of(issuer.batchSize) : OptionalInt.empty(),
                issuer.display,
                configurations);
    }

    /// Whether some type's credentials name their issuer by `did:web`.
    boolean hasDidDocument() {
        return issuer.definitions.stream()
                .flatMap(definition -> definition.configurations().stream())
                .flatMap(configuration -> IssuerIdentification.of(configuration).stream())
                .anyMatch(IssuerIdentification.DID_WEB::equals);
    }

    /// As of now.
    DidDocument didDocument() {
        return DidDocument.of(
                IssuerIdentification.didWeb(issuer.identifier),
                issuer.keys.published(KeyUse.CREDENTIAL).stream()
                        .collect(Collectors.toMap(
                                IssuerIdentification::fragment,
                                SigningKey::publicJwk,
                                (one, same) -> one,
                                LinkedHashMap::new)));
    }

    /// What formats serve beside credentials, by path.
    Map<String, byte[]> documents() {
        var documents = new LinkedHashMap<String, byte[]>();
        for (var definition : issuer.definitions) {
            for (FormatConfiguration configuration : definition.configurations()) {
                documents.putAll(formats.of(configuration).documents(issuer.identifier, definition, configuration));
            }
        }
        return documents;
    }
}
