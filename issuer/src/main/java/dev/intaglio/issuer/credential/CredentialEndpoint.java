package dev.intaglio.issuer.credential;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.issuer.accesstoken.ProtectedResource;
import dev.intaglio.issuer.encryption.MessageEncryption;
import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.issuer.proof.KeyProofs;
import dev.intaglio.issuer.schema.DatasetSchemas;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.status.StatusAssignment;
import dev.intaglio.issuer.store.DeferredTransactions;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.credential.CredentialRequest;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The credential endpoint (§8): reads, asks [CredentialIssuance], writes.
public final class CredentialEndpoint implements Handler {
    private final ProtectedResource protectedResource;
    private final MessageEncryption encryption;
    private final CredentialIssuance issuance;

    /// @param definitions the credential types this issuer has
    /// @param configurations as announced in the metadata, by identifier
    /// @param transactions where requests that cannot be answered yet wait; empty if none can
    /// @param log for wording what the issuance log is told; empty if there is none
    /// @param notifiable whether responses hold a `notification_id`
    public CredentialEndpoint(
            URI credentialIssuer,
            List<CredentialDefinition> definitions,
            Map<String, CredentialConfiguration> configurations,
            CredentialFormats formats,
            ProtectedResource protectedResource,
            MessageEncryption encryption,
            KeyProofs keyProofs,
            Optional<DeferredTransactions> transactions,
            DeferralPolicy deferralPolicy,
            CredentialDatasets datasets,
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
        var announced = new LinkedHashMap<String, Entitlements.Announced>();
        for (var definition : definitions) {
            for (FormatConfiguration configuration : definition.configurations()) {
                announced.put(configuration.id(), new Entitlements.Announced(definition, configuration));
            }
        }
        this.protectedResource = protectedResource;
        this.encryption = encryption;
        this.issuance = new CredentialIssuance(
                credentialIssuer,
                new Entitlements(announced),
                Map.copyOf(configurations),
                formats,
                keyProofs,
                new Deferral(transactions, deferralPolicy, log, clock, random),
                datasets,
                DatasetSchemas.of(definitions),
                issuances,
                limits,
                log,
                notifiable,
                statuses,
                listener,
                keys,
                outliving,
                clock,
                random);
    }

    @Override
    public Response handle(Request request) {
        var token = protectedResource.require(request); // §8.3.1.1
        var message = encryption.read(request); // §10
        var response = issuance.respond(token, read(message.content()));
        return message.respond(response.status(), response.write()); // §8.3
    }

    /// The deferred credential endpoint, where wallets come back for what this one could not give at once.
    public Handler deferred() {
        return new DeferredCredentialEndpoint(protectedResource, encryption, issuance);
    }

    private static CredentialRequest read(JsonObject body) {
        requireReadableProofs(body);
        try {
            return body.read(CredentialRequest::read);
        } catch (JsonException malformed) {
            throw CredentialErrors.invalidCredentialRequest(malformed);
        }
    }

    /// What is wrong inside `proofs` has a code of its own (§8.3.1.2).
    private static void requireReadableProofs(JsonObject body) {
        try {
            body.optional("proofs", Proofs::read);
        } catch (JsonException malformed) {
            throw CredentialErrors.invalidProof(malformed);
        }
    }
}
