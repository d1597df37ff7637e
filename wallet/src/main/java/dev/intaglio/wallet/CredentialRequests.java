package dev.intaglio.wallet;

import dev.intaglio.credential.CredentialVerifier;
import dev.intaglio.credential.Verification;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.credential.CredentialRequest;
import dev.intaglio.protocol.credential.CredentialRequest.Selector;
import dev.intaglio.protocol.credential.CredentialResponse;
import dev.intaglio.protocol.credential.DeferredCredentialRequest;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.nonce.NonceResponse;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.oauth.TokenResponse;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Asks the Credential Issuer for credentials, proves the keys they are to be bound to, and believes none that it has not
/// verified (§7, §8).
final class CredentialRequests {
    private final Capabilities capabilities;
    private final TrustAnchors anchors;
    private final IssuerKeys issuerKeys;
    private final Settings settings;

    CredentialRequests(Capabilities capabilities, TrustAnchors anchors, IssuerKeys issuerKeys, Settings settings) {
        this.issuerKeys = issuerKeys;
        this.capabilities = capabilities;
        this.anchors = anchors;
        this.settings = settings;
    }

    /// Asks for everything there is to an offer: for each configuration what the token names of it, in requests of their own
    /// (§3.3.2). What has come stays, however it goes on.
    Outcome all(ResolvedOffer offer, Access access) {
        var received = new ArrayList<ReceivedCredential>();
        var notifiable = new ArrayList<Notifiable>();
        var missing = new ArrayList<Outcome.Missing>();
        for (var entry : offer.configurations().entrySet()) {
            for (var selector : selectors(entry.getKey(), access.token())) {
                var wanted = new Wanted(offer.issuer(), entry.getKey(), entry.getValue(), selector);
                var first = received.isEmpty() && missing.isEmpty();
                switch (first ? credentials(wanted, access) : whatComes(wanted, access)) {
                    case Outcome.Received(var credentials, var toTell) -> {
                        received.addAll(credentials);
                        notifiable.addAll(toTell);
                    }
                    case Outcome other -> missing.add(new Outcome.Missing(entry.getKey(), other));
                }
            }
        }
        if (missing.isEmpty()) {
            return new Outcome.Received(received, notifiable);
        }
        var nothingToKeep =
                received.isEmpty() && missing.stream().noneMatch(one -> one.outcome() instanceof Outcome.Later);
        return nothingToKeep || (received.isEmpty() && missing.size() == 1)
                ? missing.getFirst().outcome()
                : new Outcome.Partly(new Outcome.Received(received, notifiable), missing);
    }

    /// One request's object.
    record Wanted(
            CredentialIssuerMetadata issuer,
            String configurationId,
            CredentialConfiguration configuration,
            Selector selector) {}

    /// Datasets named with the token are asked for by their names, all of them; without names the configuration is (§8.2).
    private static List<Selector> selectors(String configurationId, TokenResponse token) {
        var identifiers = token.authorizationDetails().stream()
                .filter(detail -> detail.credentialConfigurationId().equals(configurationId))
                .map(AuthorizationDetail::credentialIdentifiers)
                .flatMap(List::stream)
                .distinct()
                .<Selector>map(Selector.Identifier::new)
                .toList();
        return identifiers.isEmpty() ? List.of(new Selector.Configuration(configurationId)) : identifiers;
    }

    /// As [#credentials], but a fault is an outcome, too: there are credentials that must not be lost with it.
    private Outcome whatComes(Wanted wanted, Access access) {
        try {
            return credentials(wanted, access);
        } catch (RefusedException refusal) {
            return refusal.refused();
        } catch (WalletException | UncheckedIOException | JsonException failed) {
            return new Outcome.Failed(String.valueOf(failed.getMessage()));
        }
    }

    private Outcome credentials(Wanted wanted, Access access) {
        var holderKeys = holderKeys(wanted);
        var outcome = request(wanted, access, holderKeys);
        // A nonce may have run out between fetching and use; one fresh one is worth trying (§8.3.1.2).
        return outcome instanceof Outcome.Refused refused && refused.error().equals("invalid_nonce")
                ? request(wanted, access, holderKeys)
                : outcome;
    }

    private Outcome request(Wanted wanted, Access access, List<SigningKey> holderKeys) {
        var nonce = nonce(wanted.issuer(), access); // §7
        var proofs = capabilities
                .proofs()
                .make(
                        wanted.configuration(),
                        holderKeys,
                        wanted.issuer().credentialIssuer(),
                        nonce,
                        access.clientId()); // App. F
        var body = new CredentialRequest(wanted.selector(), proofs, Optional.empty());
        var exchange = EncryptedExchange.with(wanted.issuer()); // §10
        return ask(wanted, access, holderKeys, exchange, wanted.issuer().credentialEndpoint(), body.write());
    }

    /// Asks for credentials that were not ready (§9.1): by the token and for the keys of the first request.
    Outcome again(DeferredCredentials deferred) {
        var wanted = deferred.wanted();
        var endpoint = wanted.issuer()
                .deferredCredentialEndpoint()
                .orElseThrow(() -> new WalletException(
                        "the issuer defers credentials, but has no deferred_credential_endpoint to ask for them at"));
        return ask(
                wanted,
                deferred.access(),
                deferred.holderKeys(),
                deferred.exchange(),
                endpoint,
                deferred.request().write());
    }

    private Outcome ask(
            Wanted wanted,
            Access access,
            List<SigningKey> holderKeys,
            EncryptedExchange exchange,
            URI endpoint,
            JsonObject body) {
        var response = exchange.response(access.send(exchange.request(endpoint, body)));
        CredentialResponse answer;
        try {
            answer = Answers.success(response).read(CredentialResponse::read);
        } catch (RefusedException refusal) {
            return refusal.refused();
        }
        return switch (answer) {
            case CredentialResponse.Deferred(var transactionId, var interval) ->
                new Outcome.Later(
                        new DeferredCredentials(
                                wanted,
                                access,
                                holderKeys,
                                exchange,
                                new DeferredCredentialRequest(transactionId, Optional.empty())),
                        interval);
            case CredentialResponse.Issued(var credentials, var notificationId) ->
                verify(wanted, credentials, holderKeys, notifiable(wanted, access, notificationId));
        };
    }

    private List<SigningKey> holderKeys(Wanted wanted) {
        if (!wanted.configuration().bound()) {
            return List.of();
        }
        var algorithm = capabilities.proofAlgorithm(wanted.configuration());
        var count = Math.min(settings.copies(), wanted.issuer().batchSize().orElse(1));
        return IntStream.range(0, count)
                .mapToObj(i -> settings.keys().apply(algorithm))
                .toList();
    }

    private static Optional<String> nonce(CredentialIssuerMetadata issuer, Access access) {
        return issuer.nonceEndpoint()
                .map(endpoint -> Answers.success(access.sendOpenly(Request.post(endpoint)))
                        .read(NonceResponse::read)
                        .cNonce());
    }

    private static Optional<Notifiable> notifiable(Wanted wanted, Access access, Optional<String> notificationId) {
        return notificationId.flatMap(id -> wanted.issuer()
                .notificationEndpoint()
                .map(endpoint -> new Notifiable(wanted.configurationId(), endpoint, id, access)));
    }

    /// A credential that shows no certificate is believed if the issuer publishes its key with one.
    private Verification verification(Wanted wanted, CredentialVerifier verifier, Object credential) {
        var now = settings.clock().instant();
        var outcome = verifier.verify(credential, anchors, now);
        if (outcome instanceof Verification.Rejected(var reason, var detail)
                && reason == Verification.Reason.UNTRUSTED_ISSUER) {
            var published = issuerKeys.believed(wanted.issuer().credentialIssuer(), anchors, now);
            return published.isEmpty() ? outcome : verifier.verify(credential, anchors.with(published), now);
        }
        return outcome;
    }

    private Outcome verify(
            Wanted wanted, List<Object> credentials, List<SigningKey> holderKeys, Optional<Notifiable> notifiable) {
        var configuration = wanted.configuration();
        var verifier = capabilities.verifier(configuration);
        var byThumbprint = new HashMap<String, SigningKey>();
        holderKeys.forEach(key -> byThumbprint.put(DpopProof.thumbprint(key.publicJwk()), key));
        var received = new ArrayList<ReceivedCredential>();
        for (var credential : credentials) {
            switch (verification(wanted, verifier, credential)) {
                case Verification.Rejected(var reason, var detail) -> {
                    return new Outcome.Unverified(reason + ": " + detail, notifiable);
                }
                case Verification.Verified verified -> {
                    if (!verifier.type(configuration).equals(verified.type())) {
                        return new Outcome.Unverified(
                                "the credential is of another type than was asked for", notifiable);
                    }
                    var key = verified.holderKey()
                            .map(DpopProof::thumbprint)
                            .flatMap(print -> Optional.ofNullable(byThumbprint.remove(print)));
                    if (key.isEmpty() && configuration.bound()) {
                        return new Outcome.Unverified(
                                "the credential is bound to no key of ours, or to one that another copy already has",
                                notifiable);
                    }
                    received.add(new ReceivedCredential(wanted.configurationId(), credential, verified, key));
                }
            }
        }
        return new Outcome.Received(received, notifiable.stream().toList());
    }
}
