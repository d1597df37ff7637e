package dev.intaglio.issuer.credential;

import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.DatasetException;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.issuer.proof.HolderKeys;
import dev.intaglio.issuer.proof.KeyProofs;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup.Denied;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup.Ready;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.credential.CredentialRequest;
import dev.intaglio.protocol.credential.CredentialResponse;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.nonce.Unguessable;
import dev.intaglio.protocol.oauth.AccessToken;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers a Credential Request (§8).
final class CredentialIssuance {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialIssuance.class);

    private final URI credentialIssuer;
    private final Entitlements entitlements;
    private final Map<String, CredentialConfiguration> configurations;
    private final CredentialFormats formats;
    private final KeyProofs keyProofs;
    private final CredentialDatasets datasets;
    private final Issuances issuances;
    private final IssuanceListener listener;
    private final KeyRing keys;
    private final Clock clock;
    private final SecureRandom random;

    CredentialIssuance(
            URI credentialIssuer,
            Entitlements entitlements,
            Map<String, CredentialConfiguration> configurations,
            CredentialFormats formats,
            KeyProofs keyProofs,
            CredentialDatasets datasets,
            Issuances issuances,
            IssuanceListener listener,
            KeyRing keys,
            Clock clock,
            SecureRandom random) {
        this.credentialIssuer = credentialIssuer;
        this.entitlements = entitlements;
        this.configurations = configurations;
        this.formats = formats;
        this.keyProofs = keyProofs;
        this.datasets = datasets;
        this.issuances = issuances;
        this.listener = listener;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    CredentialResponse respond(AccessToken token, CredentialRequest request) {
        var entitlement = entitlements.find(
                token, request.selector(), token.dpopKeyThumbprint().isPresent() ? "DPoP" : "Bearer"); // §8.2
        var configuration = Objects.requireNonNull(
                configurations.get(entitlement.configuration().id()));
        var holderKeys = keyProofs.verify(request.proofs(), configuration, token); // App. F.4
        return switch (datasets.find(entitlement)) {
            case Ready(var dataset) -> issue(entitlement, dataset, holderKeys); // §8.3
            case Denied(var reason) ->
                throw CredentialErrors.credentialRequestDenied().because(reason); // §8.3.1.2
        };
    }

    private CredentialResponse issue(Entitlement entitlement, CredentialDataset dataset, HolderKeys holderKeys) {
        var now = clock.instant();
        var count = Math.max(1, holderKeys.keys().size());
        // The nonce is used up before anything is signed: a rare failed signature is better than a replay.
        if (!issuances.record(record(entitlement, count, now), holderKeys.nonces())) {
            throw CredentialErrors.invalidNonce("the proof's nonce was used before");
        }
        var credentials = holderKeys.keys().isEmpty()
                ? List.of(credential(entitlement, dataset, Optional.empty(), now))
                : holderKeys.keys().stream()
                        .map(key -> credential(entitlement, dataset, Optional.of(key), now))
                        .toList();
        tell(entitlement, credentials.size());
        return new CredentialResponse.Issued(credentials, Optional.empty());
    }

    private Object credential(
            Entitlement entitlement, CredentialDataset dataset, Optional<HolderKey> holderKey, Instant now) {
        var format = formats.of(entitlement.configuration());
        try {
            return format.issue(new Issuance(
                    entitlement.definition(),
                    entitlement.configuration(),
                    dataset,
                    holderKey,
                    Optional.empty(),
                    keys.current(KeyUse.CREDENTIAL),
                    credentialIssuer,
                    now));
        } catch (DatasetException unfit) {
            throw CredentialErrors.credentialRequestDenied().because(unfit);
        }
    }

    private IssuanceRecord record(Entitlement entitlement, int credentials, Instant now) {
        return new IssuanceRecord(
                Unguessable.text(random, Unguessable.IDENTIFIER),
                entitlement.authorizationId(),
                entitlement.configuration().id(),
                entitlement.subject(),
                credentials,
                now);
    }

    private void tell(Entitlement entitlement, int credentials) {
        try {
            listener.issued(entitlement, credentials);
        } catch (RuntimeException ignorable) {
            LOG.warn("an issuance listener failed for {}", entitlement, ignorable);
        }
    }
}
