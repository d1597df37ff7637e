package dev.intaglio.issuer.credential;

import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.DatasetException;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.issuer.proof.KeyProofs;
import dev.intaglio.issuer.schema.DatasetSchemas;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup.Denied;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup.Pending;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup.Ready;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.spi.IssuanceRule.Verdict;
import dev.intaglio.issuer.status.StatusAssignment;
import dev.intaglio.issuer.status.StatusAssignment.Assigned;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.IssuanceRecord.Signed;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.IssuedStatus;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.credential.CredentialRequest;
import dev.intaglio.protocol.credential.CredentialResponse;
import dev.intaglio.protocol.credential.DeferredCredentialRequest;
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
import java.util.stream.IntStream;

/// Answers a Credential Request (§8), at once or when the wallet comes back (§9).
final class CredentialIssuance {
    private final URI credentialIssuer;
    private final Entitlements entitlements;
    private final Map<String, CredentialConfiguration> configurations;
    private final CredentialFormats formats;
    private final KeyProofs keyProofs;
    private final Deferral deferral;
    private final CredentialDatasets datasets;
    private final DatasetSchemas schemas;
    private final Issuances issuances;
    private final SubjectLimits limits;
    private final Optional<LogEvents> log;
    private final boolean notifiable;
    private final StatusAssignment statuses;
    private final IssuanceListener listener;
    private final KeyRing keys;
    private final OutlivingCredentials outliving;
    private final Clock clock;
    private final SecureRandom random;

    CredentialIssuance(
            URI credentialIssuer,
            Entitlements entitlements,
            Map<String, CredentialConfiguration> configurations,
            CredentialFormats formats,
            KeyProofs keyProofs,
            Deferral deferral,
            CredentialDatasets datasets,
            DatasetSchemas schemas,
            Issuances issuances,
            SubjectLimits limits,
            Optional<LogEvents> log,
            boolean notifiable,
            StatusAssignment statuses,
            IssuanceListener listener,
            KeyRing keys,
            OutlivingCredentials outliving,
            Clock clock,
            SecureRandom random) {
        this.credentialIssuer = credentialIssuer;
        this.entitlements = entitlements;
        this.configurations = configurations;
        this.formats = formats;
        this.keyProofs = keyProofs;
        this.deferral = deferral;
        this.datasets = datasets;
        this.schemas = schemas;
        this.issuances = issuances;
        this.limits = limits;
        this.log = log;
        this.notifiable = notifiable;
        this.statuses = statuses;
        this.listener = listener;
        this.keys = keys;
        this.outliving = outliving;
        this.clock = clock;
        this.random = random;
    }

    CredentialResponse respond(AccessToken token, CredentialRequest request) {
        var entitlement = entitlements.find(token, request.selector(), scheme(token)); // §8.2
        var configuration = Objects.requireNonNull(
                configurations.get(entitlement.configuration().id()));
        var holderKeys = keyProofs.verify(request.proofs(), configuration, token); // App. F.4
        return answer(new Occasion.First(entitlement, token, request, holderKeys));
    }

    CredentialResponse respond(AccessToken token, DeferredCredentialRequest request) {
        var transaction = deferral.find(token, request); // §9.3
        var entitlement = entitlements.find(token, Deferral.selector(transaction), scheme(token)); // §9
        return answer(new Occasion.Return(entitlement, request.transactionId(), transaction));
    }

    private static String scheme(AccessToken token) {
        return token.dpopKeyThumbprint().isPresent() ? "DPoP" : "Bearer";
    }

    private CredentialResponse answer(Occasion occasion) {
        return switch (deferral.verdict(occasion)) {
            case Verdict.Allow() -> fromDataset(occasion);
            case Verdict.Wait(var interval) -> deferred(occasion, deferral.awaitData(occasion, interval)); // §9
            case Verdict.AskOperator() -> deferred(occasion, deferral.awaitApproval(occasion)); // §9
            case Verdict.Forbid(var reason) ->
                throw CredentialErrors.accessDenied().because(reason);
            case Verdict.Refuse(var reason) ->
                throw CredentialErrors.credentialRequestDenied().because(reason); // §8.3.1.2
        };
    }

    private CredentialResponse fromDataset(Occasion occasion) {
        return switch (datasets.find(occasion.entitlement())) {
            case Ready(var dataset) -> issue(occasion, keepingSchema(occasion, dataset)); // §8.3
            case Pending(var interval) -> deferred(occasion, deferral.awaitData(occasion, interval)); // §9
            case Denied(var reason) ->
                throw CredentialErrors.credentialRequestDenied().because(reason); // §8.3.1.2
        };
    }

    /// Before anything is used up: once the data are put right, the wallet's request is good as it was.
    private CredentialDataset keepingSchema(Occasion occasion, CredentialDataset dataset) {
        var violations = schemas.check(occasion.entitlement().definition(), dataset);
        if (!violations.isEmpty()) {
            throw CredentialErrors.credentialRequestDenied()
                    .because("the dataset does not keep the definition's JSON Schema: " + violations);
        }
        return dataset;
    }

    private CredentialResponse issue(Occasion occasion, CredentialDataset dataset) {
        var now = clock.instant();
        var entitlement = occasion.entitlement();
        var bound = bound(occasion);
        var key = signingKey(entitlement);
        var status = statuses.assign(entitlement, bound.size(), key);
        var record = record(occasion, bound, key, status.issued(), now);
        var credentials = limits.within(
                entitlement, bound.size(), now, () -> issue(occasion, dataset, bound, status, key, record));
        listener.issued(entitlement, record);
        return new CredentialResponse.Issued(credentials, notifiable ? Optional.of(record.id()) : Optional.empty());
    }

    private List<Object> issue(
            Occasion occasion,
            CredentialDataset dataset,
            List<Optional<HolderKey>> bound,
            Assigned status,
            SigningKey key,
            IssuanceRecord record) {
        return switch (occasion) {
            case Occasion.First first -> {
                // The nonce is used up before anything is signed: a rare failed signature is better than a replay.
                if (!issuances.record(record, first.holderKeys().nonces())) {
                    throw CredentialErrors.invalidNonce("the proof's nonce was used before")
                            .expected("a c_nonce for one Credential Request alone; all proofs of a batch may share it")
                            .came("one of an earlier request");
                }
                yield credentials(first.entitlement(), dataset, bound, status, key, record.issuedAt());
            }
            case Occasion.Return(var entitlement, var id, var transaction) -> {
                // The handle is used up after everything is signed: what failed can be asked for again, and of two who
                // ask
                // at once one gets credentials.
                var signed = credentials(entitlement, dataset, bound, status, key, record.issuedAt());
                if (!deferral.complete(transaction, record)) {
                    throw CredentialErrors.invalidTransactionId().because("another request was answered first");
                }
                yield signed;
            }
        };
    }

    /// One credential for each key, up to the definition's batch size; one without a key where it is bound to none.
    private static List<Optional<HolderKey>> bound(Occasion occasion) {
        if (occasion.keys().isEmpty()) {
            return List.of(Optional.empty());
        }
        var most = occasion.entitlement().definition().policy().batchSize().orElse(Integer.MAX_VALUE);
        return occasion.keys().stream().limit(most).map(Optional::of).toList();
    }

    private List<Object> credentials(
            Entitlement entitlement,
            CredentialDataset dataset,
            List<Optional<HolderKey>> bound,
            Assigned status,
            SigningKey key,
            Instant now) {
        return IntStream.range(0, bound.size())
                .mapToObj(copy -> credential(entitlement, dataset, bound.get(copy), status.of(copy), key, now))
                .toList();
    }

    private CredentialResponse deferred(Occasion occasion, CredentialResponse response) {
        if (occasion instanceof Occasion.First first) {
            listener.deferred(first.entitlement());
        }
        return response;
    }

    private Object credential(
            Entitlement entitlement,
            CredentialDataset dataset,
            Optional<HolderKey> holderKey,
            Optional<CredentialStatus> status,
            SigningKey key,
            Instant now) {
        var format = formats.of(entitlement.configuration());
        try {
            return format.issue(new Issuance(
                    entitlement.definition(),
                    entitlement.configuration(),
                    dataset,
                    holderKey,
                    status,
                    key,
                    credentialIssuer,
                    now,
                    outliving == OutlivingCredentials.ALLOWED,
                    entitlement.definition().validity().drawSooner(random)));
        } catch (DatasetException unfit) {
            throw CredentialErrors.credentialRequestDenied().because(unfit);
        }
    }

    /// One key for all credentials of a response, even if another comes to be the current one meanwhile.
    private SigningKey signingKey(Entitlement entitlement) {
        var key = keys.current(formats.of(entitlement.configuration()).keyUse(), KeyUse.CREDENTIAL);
        outliving.check(entitlement.definition(), key, clock.instant());
        return key;
    }

    private IssuanceRecord record(
            Occasion occasion,
            List<Optional<HolderKey>> bound,
            SigningKey key,
            Optional<IssuedStatus> status,
            Instant now) {
        var entitlement = occasion.entitlement();
        var id = Unguessable.text(random, Unguessable.IDENTIFIER);
        var configuration = entitlement.configuration().id();
        var kid = key.publicJwk().getKeyID();
        return new IssuanceRecord(
                id,
                entitlement.authorizationId(),
                configuration,
                entitlement.subject(),
                bound.size(),
                now,
                Optional.of(new Signed(kid, outliving.until(entitlement.definition(), key, now))),
                log.map(words -> words.issued(id, configuration, kid, bound, now)),
                status,
                occasion.origin().limited(bound.size()));
    }
}
