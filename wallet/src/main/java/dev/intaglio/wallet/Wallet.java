package dev.intaglio.wallet;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialVerifier;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.KeyProofTypes;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.notification.NotificationRequest;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import dev.intaglio.protocol.offer.Grants;
import dev.intaglio.wallet.spi.WalletAttestations;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// A wallet: takes an offer, gets its credentials and believes none it has not verified. Immutable and safe to share; blocks.
///
/// ```java
/// var wallet = Wallet.builder(JdkTransport.create(), anchors).clientId("my-wallet").build();
/// var offer = wallet.resolve(link);                       // ask the user: this issuer, these credentials?
/// if (offer.needsBrowser()) {
///     switch (wallet.begin(offer, URI.create("my-wallet:/callback"))) {
///         case AuthorizationStart.Ready(var address, var pending) -> open(address); // and keep what is pending
///         case AuthorizationStart.Refused(var refused) -> tell(refused);
///     }
///     …                                                    // the browser is back
///     outcome = wallet.complete(pending, callback);
/// } else {
///     outcome = wallet.receive(offer, Optional.of("493536"));
/// }
/// switch (outcome) {
///     case Outcome.Received(var credentials, var notifiable) -> keep(credentials);
///     case Outcome.Refused refused when refused.txCodeMayBeRetried() -> askAgain();
///     …
/// }
/// ```
public final class Wallet {
    private final Handler transport;
    private final Settings settings;
    private final Capabilities capabilities;
    private final Discovery discovery;
    private final AuthorizationCodeFlow codeFlow;
    private final CredentialRequests requests;

    private Wallet(Builder builder) {
        transport = builder.transport;
        settings = builder.settings();
        var proofs = new HolderProofs(builder.keyAttester, builder.proofTypes, builder.preferredProof, builder.clock);
        capabilities = new Capabilities(builder.verifiers, proofs);
        discovery = new Discovery(
                builder.metadataSigners
                        .<Handler>map(signers -> new SignedMetadata(transport, signers, builder.clock))
                        .orElse(transport),
                settings);
        codeFlow = new AuthorizationCodeFlow(settings, transport);
        requests = new CredentialRequests(capabilities, builder.anchors, new IssuerKeys(transport), settings);
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
        return resolving(() -> discovery.resolve(CredentialOfferUri.read(link))); // §4.1
    }

    /// As if an issuer had offered these, for a user who begins at the wallet (§3.4). By the authorization code.
    ///
    /// @param credentialIssuer the Credential Issuer Identifier
    /// @throws WalletException if its metadata cannot be had, is not what the standard says, or knows no such credential
    public ResolvedOffer resolve(URI credentialIssuer, List<String> configurationIds) {
        return resolving(
                () -> discovery.resolve(new CredentialOffer(credentialIssuer, configurationIds, Grants.none())));
    }

    private static ResolvedOffer resolving(Supplier<ResolvedOffer> resolution) {
        try {
            return resolution.get();
        } catch (IllegalArgumentException malformed) {
            throw new WalletException("the offer is not what the standard says: " + malformed.getMessage(), malformed);
        }
    }

    /// Gets every credential of an offer by its pre-authorized code (§3.5).
    ///
    /// @param txCode what the user entered, if the offer asked for it
    /// @return [Outcome.Received] if all came and verified
    /// @throws WalletException if a server cannot be reached or does not speak the standard
    public Outcome receive(ResolvedOffer offer, Optional<String> txCode) {
        var code = offer.offer()
                .grants()
                .preAuthorizedCode()
                .filter(grant -> !offer.needsBrowser())
                .orElseThrow(() -> new WalletException(
                        "the offer has no pre-authorized code: the user has to be sent to the authorization server"));
        return asking(() -> {
            capabilities.requireFor(offer);
            var client = AuthorizationServerClient.at(offer.authorizationServer(), settings, transport);
            return credentials(
                    offer,
                    client.redeem(new Grant.PreAuthorizedCode(
                            code.code(), txCode.filter(entered -> code.txCode().isPresent()))));
        });
    }

    /// Begins the authorization code flow (§3.4): pushes the request where the server takes that, and says where to send the
    /// user's browser.
    ///
    /// @param redirectUri where the browser comes back: https, a scheme of the wallet's own, or http on loopback
    /// @throws WalletException if the server cannot be reached, does not speak the standard or lacks what this wallet insists on
    public AuthorizationStart begin(ResolvedOffer offer, URI redirectUri) {
        if (!offer.needsBrowser()) {
            throw new WalletException("the offer was resolved for its pre-authorized code");
        }
        return speaking(() -> {
            capabilities.requireFor(offer);
            try {
                return codeFlow.begin(offer, redirectUri);
            } catch (RefusedException refusal) {
                return new AuthorizationStart.Refused(refusal.refused());
            }
        });
    }

    /// Goes on when the browser is back: checks that the answer is to this request and by the server that was asked, redeems
    /// the code and gets every credential. Of an answer that is not, nothing is used and nothing is sent.
    ///
    /// @param callback the redirect URI as the browser came to it, with its query
    /// @return [Outcome.Refused] with `access_denied` if the user declined
    /// @throws WalletException if the answer is not to this request, or a server cannot be reached or does not speak the
    ///     standard
    public Outcome complete(PendingAuthorization pending, URI callback) {
        return switch (AuthorizationCodeFlow.answer(pending, callback)) { // §5.2
            case AuthorizationResponse.Failure failure ->
                new Outcome.Refused(303, failure.error(), failure.description().orElse("")); // §5.3
            case AuthorizationResponse.Success success ->
                asking(() -> {
                    var offer = discovery.again(
                            pending.credentialIssuer(), pending.configurationIds(), pending.authorizationServer());
                    return credentials(offer, codeFlow.redeem(pending, offer, success.code()));
                });
        };
    }

    /// Gets credentials again by a refresh token, bound to new keys (§14.5).
    ///
    /// @return [Outcome.Refused] with `invalid_grant` if the user has to be asked again
    /// @throws WalletException if a server cannot be reached or does not speak the standard
    public Outcome renew(Renewal renewal) {
        return asking(() -> {
            var offer = discovery.again(
                    renewal.credentialIssuer(), renewal.configurationIds(), renewal.authorizationServer());
            var client = new AuthorizationServerClient(
                    offer.authorizationServer(), renewal.dpopKey().map(settings::dpop), settings, transport);
            return credentials(offer, client.redeem(new Grant.RefreshToken(renewal.refreshToken())));
        });
    }

    /// Asks for credentials that were not ready (§9), once. What the issuer said to wait is the caller's to wait.
    ///
    /// @return [Outcome.Later] if they are still not ready; after [Outcome.Refused] there is nothing more to ask for
    /// @throws WalletException if the server cannot be reached or does not speak the standard; asking again may help
    public Outcome askAgain(DeferredCredentials deferred) {
        return asking(() -> requests.again(deferred));
    }

    /// Tells the issuer what became of the credentials of a response (§11): that they were kept, that they could not be, or that the
    /// user deleted them.
    ///
    /// @param description of a failure, for the issuer's developers; what is not allowed in it (§11.1) becomes a question mark
    /// @return the issuer's refusal; empty if it took note
    /// @throws WalletException if the server cannot be reached or does not speak the standard; telling again may help
    public Optional<Outcome.Refused> tell(
            Notifiable notifiable, NotificationRequest.Event event, Optional<String> description) {
        return speaking(() -> {
            try {
                var response = notifiable.send(event, description);
                if (!response.successful()) {
                    Answers.success(response);
                }
                return Optional.empty();
            } catch (RefusedException refusal) {
                return Optional.of(refusal.refused());
            }
        });
    }

    /// A refresh token is handed over before it is put at risk: the answer to what follows may never come.
    private Outcome credentials(ResolvedOffer offer, Access access) {
        access.token()
                .refreshToken()
                .map(token -> new Renewal(
                        offer.issuer().credentialIssuer(),
                        offer.authorizationServer().issuer(),
                        offer.offer().configurationIds(),
                        token,
                        access.dpop().map(DpopClient::key)))
                .ifPresent(settings.renewals());
        return requests.all(offer, access); // §8
    }

    private static Outcome asking(Supplier<Outcome> exchange) {
        return speaking(() -> {
            try {
                return exchange.get();
            } catch (RefusedException refusal) {
                return refusal.refused();
            }
        });
    }

    private static <T> T speaking(Supplier<T> exchange) {
        try {
            return exchange.get();
        } catch (UncheckedIOException unreachable) {
            throw new WalletException(String.valueOf(unreachable.getMessage()), unreachable);
        } catch (JsonException malformed) {
            throw new WalletException(
                    "a server's answer is not what the standard says: " + malformed.getMessage(), malformed);
        }
    }

    /// Collects what may be chosen.
    public static final class Builder {
        private final Handler transport;
        private final TrustAnchors anchors;
        private CredentialVerifiers verifiers = CredentialVerifiers.onClassPath();
        private Optional<String> clientId = Optional.empty();
        private ClientAuthentication authentication = new ClientAuthentication.None();
        private Optional<Boolean> dpop = Optional.empty();
        private Optional<Asking> asking = Optional.empty();
        private boolean highAssurance;
        private Optional<TrustAnchors> metadataSigners = Optional.empty();
        private Optional<KeyAttester> keyAttester = Optional.empty();
        private KeyProofTypes proofTypes = KeyProofTypes.onClassPath().standard();
        private Optional<String> preferredProof = Optional.empty();
        private int copies = 1;
        private Function<JWSAlgorithm, SigningKey> keys = SigningKey::generate;
        private Consumer<Renewal> renewals = renewal -> {};
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

        /// By default the wallet is anonymous. The authorization code flow needs a name.
        public Builder clientId(String id) {
            clientId = Optional.of(id);
            return this;
        }

        /// Authenticates by assertions that this key signs, where a server takes them; needs [#clientId].
        public Builder privateKeyJwt(SigningKey key) {
            authentication = new ClientAuthentication.PrivateKeyJwt(key);
            return this;
        }

        /// Authenticates by Wallet Attestations, where a server takes them; they name the client, too.
        public Builder attestations(WalletAttestations source) {
            authentication = new ClientAuthentication.Attestation(source);
            return this;
        }

        /// Whether access tokens are bound to a key; by default when the authorization server offers it.
        public Builder dpop(boolean wanted) {
            dpop = Optional.of(wanted);
            return this;
        }

        /// How authorization requests name credentials; by default by scope if all of them have one, else by details.
        public Builder asking(Asking way) {
            asking = Optional.of(way);
            return this;
        }

        /// Insists on what HAIP 1.0 demands of an issuer: pushed requests, PKCE, `iss` in authorization responses, access
        /// tokens bound to a key, authenticated clients, scopes.
        public Builder highAssurance() {
            highAssurance = true;
            return this;
        }

        /// Only issuers whose metadata is signed, by somebody these vouch for, are gone to; by default plain metadata will do.
        public Builder signedMetadata(TrustAnchors signers) {
            metadataSigners = Optional.of(signers);
            return this;
        }

        /// Who attests the keys of this wallet, for issuers that require it; by default nobody does.
        public Builder keyAttester(KeyAttester attester) {
            keyAttester = Optional.of(attester);
            return this;
        }

        /// Keys are proven by their attestation alone where the issuer takes that (App. F.3); by default each key also
        /// signs a proof of its own.
        public Builder attestationPreferred() {
            preferredProof = Optional.of(Proofs.Attestation.TYPE);
            return this;
        }

        /// Which type of key proof to make where the issuer takes several: one of `jwt`, `attestation` or [#proofTypes]; by default
        /// `jwt`.
        public Builder proofPreferred(String type) {
            preferredProof = Optional.of(type);
            return this;
        }

        /// The types of key proof this wallet can make beside `jwt` and `attestation`; by default those of OpenID4VCI 1.0 on the
        /// class path.
        public Builder proofTypes(KeyProofTypes types) {
            proofTypes = types;
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

        /// Makes keys to bind credentials and tokens to; by default in memory, gone with the process.
        public Builder keys(Function<JWSAlgorithm, SigningKey> maker) {
            keys = maker;
            return this;
        }

        /// Is told each refresh token as soon as it is there, before credentials are asked for. Whoever keeps them keeps the
        /// last one.
        public Builder renewals(Consumer<Renewal> keeper) {
            renewals = keeper;
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

        private Settings settings() {
            return new Settings(
                    clientId, authentication, dpop, asking, highAssurance, copies, keys, renewals, clock, random);
        }

        public Wallet build() {
            return new Wallet(this);
        }
    }
}
