package dev.intaglio.wallet;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialVerifier;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.Verification;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.credential.CredentialRequest;
import dev.intaglio.protocol.credential.CredentialRequest.Selector;
import dev.intaglio.protocol.credential.CredentialResponse;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.nonce.NonceResponse;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.oauth.TokenRequest;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import dev.intaglio.protocol.offer.Grants;
import dev.intaglio.protocol.proof.JwtKeyProof;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A wallet: takes an offer, gets its credentials and believes none it has not verified. Immutable and safe to share; blocks.
///
/// ```java
/// var wallet = Wallet.builder(JdkTransport.create(), anchors).build();
/// var offer = wallet.resolve(link);                       // ask the user: this issuer, these credentials?
/// switch (wallet.receive(offer, Optional.of("493536"))) {
///     case Outcome.Received(var credentials, var id) -> keep(credentials);
///     case Outcome.Refused refused when refused.txCodeMayBeRetried() -> askAgain();
///     …
/// }
/// ```
public final class Wallet {
    private final Handler transport;
    private final TrustAnchors anchors;
    private final Capabilities capabilities;
    private final Optional<String> clientId;
    private final Optional<Boolean> dpopWanted;
    private final int copies;
    private final Clock clock;
    private final SecureRandom random;
    private final Metadata metadata;

    private Wallet(Builder builder) {
        transport = builder.transport;
        anchors = builder.anchors;
        capabilities = new Capabilities(builder.verifiers);
        clientId = builder.clientId;
        dpopWanted = builder.dpop;
        copies = builder.copies;
        clock = builder.clock;
        random = builder.random;
        metadata = new Metadata(transport);
    }

    /// @param transport how requests reach issuers
    /// @param anchors who may vouch for issuers of credentials
    public static Builder builder(Handler transport, TrustAnchors anchors) {
        return new Builder(transport, anchors);
    }

    /// Reads an offer's link, fetches the offer if the link only says where it is, and the metadata of its issuer.
    ///
    /// @throws WalletException if any of it cannot be had or is not what the standard says
    public ResolvedOffer resolve(String link) {
        try {
            var offer = metadata.offer(CredentialOfferUri.read(link)); // §4.1
            var issuer = metadata.issuer(offer.credentialIssuer()); // §12.2
            var unknown = offer.configurationIds().stream()
                    .filter(id -> !issuer.configurations().containsKey(id))
                    .findFirst();
            if (unknown.isPresent()) {
                throw new WalletException(
                        "the offer names " + unknown.get() + ", which the issuer's metadata does not");
            }
            var grant = offer.grants()
                    .preAuthorizedCode()
                    .orElseThrow(() -> new WalletException(
                            "the offer has no pre-authorized code, and this wallet knows no other grant yet"));
            var server = metadata.authorizationServer(issuer, grant.authorizationServer(), Grant.PRE_AUTHORIZED_CODE);
            return new ResolvedOffer(offer, issuer, server);
        } catch (WalletException named) {
            throw named;
        } catch (IllegalArgumentException malformed) {
            throw new WalletException("the offer is not what the standard says: " + malformed.getMessage(), malformed);
        }
    }

    /// Gets every credential of an offer.
    ///
    /// @param txCode what the user entered, if the offer asked for it
    /// @return [Outcome.Received] if all came and verified, else the first other outcome
    /// @throws WalletException if a server cannot be reached or does not speak the standard
    public Outcome receive(ResolvedOffer offer, Optional<String> txCode) {
        try {
            capabilities.requireFor(offer);
            var dpop = dpop(offer.authorizationServer());
            var grant = token(offer, txCode, dpop); // §6
            var received = new ArrayList<ReceivedCredential>();
            var notification = Optional.<String>empty();
            for (var entry : offer.configurations().entrySet()) {
                switch (credentials(offer.issuer(), entry.getKey(), entry.getValue(), grant, dpop)) { // §8
                    case Outcome.Received(var credentials, var notificationId) -> {
                        received.addAll(credentials);
                        notification = notificationId;
                    }
                    case Outcome.Later later -> {
                        return later;
                    }
                    case Outcome.Refused refused -> {
                        return refused;
                    }
                    case Outcome.Unverified unverified -> {
                        return unverified;
                    }
                }
            }
            return new Outcome.Received(received, notification);
        } catch (RefusedException refusal) {
            return refusal.refused();
        } catch (UncheckedIOException unreachable) {
            throw new WalletException(String.valueOf(unreachable.getMessage()), unreachable);
        } catch (JsonException malformed) {
            throw new WalletException(
                    "a server's answer is not what the standard says: " + malformed.getMessage(), malformed);
        }
    }

    private Optional<DpopClient> dpop(AuthorizationServerMetadata server) {
        var offered = server.dpopSigningAlgorithms().contains(JWSAlgorithm.ES256.getName());
        return dpopWanted.orElse(offered)
                ? Optional.of(new DpopClient(transport, SigningKey.generate(JWSAlgorithm.ES256), clock, random))
                : Optional.empty();
    }

    private AccessGrant token(ResolvedOffer offer, Optional<String> txCode, Optional<DpopClient> dpop) {
        var code = offer.offer()
                .grants()
                .preAuthorizedCode()
                .map(Grants.PreAuthorizedCode::code)
                .orElseThrow();
        var endpoint = offer.authorizationServer()
                .tokenEndpoint()
                .orElseThrow(() -> new WalletException("the authorization server's metadata has no token_endpoint"));
        var anonymous = offer.authorizationServer().preAuthorizedGrantAnonymousAccess() && clientId.isEmpty();
        var tokenRequest = new TokenRequest(
                new Grant.PreAuthorizedCode(
                        code, txCode.filter(entered -> offer.txCode().isPresent())),
                anonymous ? Optional.empty() : clientId,
                Optional.empty(),
                Optional.empty(),
                List.of());
        var request = Request.post(endpoint, tokenRequest.write());
        var server = "authorization server";
        var response = dpop.map(client -> client.send(request, server, Optional.empty()))
                .orElseGet(() -> transport.handle(request));
        var token = success(response).read(TokenResponse::read);
        if (dpopWanted.orElse(false) && !token.dpopBound()) { // RFC 9449 §5
            throw new WalletException(
                    "the access token is not bound to our key, as was asked for, but " + token.tokenType());
        }
        return new AccessGrant(token, anonymous || clientId.isEmpty());
    }

    private Outcome credentials(
            CredentialIssuerMetadata issuer,
            String configurationId,
            CredentialConfiguration configuration,
            AccessGrant grant,
            Optional<DpopClient> dpop) {
        var holderKeys = holderKeys(issuer, configuration);
        var outcome = request(issuer, configurationId, configuration, grant, dpop, holderKeys);
        // A nonce may have run out between fetching and use; one fresh one is worth trying (§8.3.1.2).
        return outcome instanceof Outcome.Refused refused && refused.error().equals("invalid_nonce")
                ? request(issuer, configurationId, configuration, grant, dpop, holderKeys)
                : outcome;
    }

    private Outcome request(
            CredentialIssuerMetadata issuer,
            String configurationId,
            CredentialConfiguration configuration,
            AccessGrant grant,
            Optional<DpopClient> dpop,
            List<SigningKey> holderKeys) {
        var nonce = nonce(issuer, dpop); // §7
        var iss = grant.anonymous() ? Optional.<String>empty() : clientId;
        var proofs = holderKeys.stream()
                .map(key -> JwtKeyProof.make(key, issuer.credentialIssuer(), clock.instant(), nonce, iss)) // App. F.1
                .toList();
        var body = new CredentialRequest(
                selector(configurationId, grant.response()),
                proofs.isEmpty() ? Optional.empty() : Optional.of(new Proofs.Jwt(proofs)),
                Optional.empty());
        var response = send(Request.post(issuer.credentialEndpoint(), body.write()), grant.response(), dpop);
        CredentialResponse answer;
        try {
            answer = success(response).read(CredentialResponse::read);
        } catch (RefusedException refusal) {
            return refusal.refused();
        }
        return switch (answer) {
            case CredentialResponse.Deferred(var transactionId, var interval) ->
                new Outcome.Later(transactionId, interval);
            case CredentialResponse.Issued(var credentials, var notificationId) ->
                verify(configurationId, configuration, credentials, holderKeys, notificationId);
        };
    }

    /// With `authorization_details` in the token response a dataset is named, without them the configuration (§8.2).
    private static Selector selector(String configurationId, TokenResponse token) {
        return token.authorizationDetails().stream()
                .filter(detail -> detail.credentialConfigurationId().equals(configurationId))
                .map(AuthorizationDetail::credentialIdentifiers)
                .filter(identifiers -> !identifiers.isEmpty())
                .findFirst()
                .<Selector>map(identifiers -> new Selector.Identifier(identifiers.getFirst()))
                .orElseGet(() -> new Selector.Configuration(configurationId));
    }

    private List<SigningKey> holderKeys(CredentialIssuerMetadata issuer, CredentialConfiguration configuration) {
        if (!configuration.bound()) {
            return List.of();
        }
        var algorithm = capabilities.proofAlgorithm(configuration);
        var count = Math.min(copies, issuer.batchSize().orElse(1));
        return IntStream.range(0, count)
                .mapToObj(i -> SigningKey.generate(algorithm))
                .toList();
    }

    private Optional<String> nonce(CredentialIssuerMetadata issuer, Optional<DpopClient> dpop) {
        return issuer.nonceEndpoint().map(endpoint -> {
            var response = transport.handle(Request.post(endpoint));
            dpop.ifPresent(client -> client.remember("credential issuer", response));
            return success(response).read(NonceResponse::read).cNonce();
        });
    }

    private Response send(Request request, TokenResponse token, Optional<DpopClient> dpop) {
        if (!token.dpopBound()) {
            return transport.handle(request.with("Authorization", "Bearer " + token.accessToken()));
        }
        var client =
                dpop.orElseThrow(() -> new WalletException("the access token is bound to a key that was never shown"));
        return client.send(
                request.with("Authorization", DpopProof.HEADER + " " + token.accessToken()),
                "credential issuer",
                Optional.of(token.accessToken()));
    }

    private Outcome verify(
            String configurationId,
            CredentialConfiguration configuration,
            List<Object> credentials,
            List<SigningKey> holderKeys,
            Optional<String> notificationId) {
        var verifier = capabilities.verifier(configuration);
        var byThumbprint = new HashMap<String, SigningKey>();
        holderKeys.forEach(key -> byThumbprint.put(DpopProof.thumbprint(key.publicJwk()), key));
        var received = new ArrayList<ReceivedCredential>();
        for (var credential : credentials) {
            switch (verifier.verify(credential, anchors, clock.instant())) {
                case Verification.Rejected(var reason, var detail) -> {
                    return new Outcome.Unverified(reason + ": " + detail);
                }
                case Verification.Verified verified -> {
                    if (!verifier.type(configuration).equals(verified.type())) {
                        return new Outcome.Unverified("the credential is of another type than was asked for");
                    }
                    var key = verified.holderKey()
                            .map(DpopProof::thumbprint)
                            .flatMap(print -> Optional.ofNullable(byThumbprint.remove(print)));
                    if (key.isEmpty() && configuration.bound()) {
                        return new Outcome.Unverified(
                                "the credential is bound to no key of ours, or to one that another copy already has");
                    }
                    received.add(new ReceivedCredential(configurationId, credential, verified, key));
                }
            }
        }
        return new Outcome.Received(received, notificationId);
    }

    private static JsonObject success(Response response) {
        try {
            if (response.successful()) {
                return response.bodyObject();
            }
            if (response.body().length == 0) {
                throw new RefusedException(new Outcome.Refused(response.status(), "http_" + response.status(), ""));
            }
            var error = response.bodyObject();
            throw new RefusedException(new Outcome.Refused(
                    response.status(),
                    error.optionalString("error").orElse("http_" + response.status()),
                    error.optionalString("error_description").orElse("")));
        } catch (JsonException malformed) {
            throw new WalletException(
                    "a server answered " + response + ", which is not what the standard says: "
                            + malformed.getMessage(),
                    malformed);
        }
    }

    /// Collects what may be chosen.
    public static final class Builder {
        private final Handler transport;
        private final TrustAnchors anchors;
        private CredentialVerifiers verifiers = CredentialVerifiers.onClassPath();
        private Optional<String> clientId = Optional.empty();
        private Optional<Boolean> dpop = Optional.empty();
        private int copies = 1;
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();

        private Builder(Handler transport, TrustAnchors anchors) {
            this.transport = transport;
            this.anchors = anchors;
        }

        /// Adds a way of verifying credentials, asked before those added earlier and those on the class path.
        public Builder verifier(CredentialVerifier verifier) {
            verifiers = verifiers.with(verifier);
            return this;
        }

        /// By default the wallet is anonymous.
        public Builder clientId(String id) {
            clientId = Optional.of(id);
            return this;
        }

        /// Whether access tokens are bound to a key; by default when the authorization server offers it.
        public Builder dpop(boolean wanted) {
            dpop = Optional.of(wanted);
            return this;
        }

        /// How many copies of each credential to ask for, each with a key of its own; as far as the issuer gives that many.
        public Builder copies(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("at least one copy is asked for");
            }
            copies = count;
            return this;
        }

        public Builder clock(Clock source) {
            clock = source;
            return this;
        }

        public Builder random(SecureRandom source) {
            random = source;
            return this;
        }

        public Wallet build() {
            return new Wallet(this);
        }
    }
}
