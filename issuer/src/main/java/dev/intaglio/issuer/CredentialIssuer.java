package dev.intaglio.issuer;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.IssuancePolicy;
import dev.intaglio.credential.IssuerIdentification;
import dev.intaglio.issuer.accesstoken.ProtectedResource;
import dev.intaglio.issuer.credential.CredentialEndpoint;
import dev.intaglio.issuer.credential.DeferralPolicy;
import dev.intaglio.issuer.credential.OutlivingCredentials;
import dev.intaglio.issuer.credential.SubjectLimits;
import dev.intaglio.issuer.deferred.Approvals;
import dev.intaglio.issuer.encryption.EncryptionPolicy;
import dev.intaglio.issuer.encryption.MessageEncryption;
import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.issuer.metadata.DocumentEndpoint;
import dev.intaglio.issuer.metadata.IssuerMetadata;
import dev.intaglio.issuer.metadata.KeysEndpoint;
import dev.intaglio.issuer.metadata.MetadataEndpoint;
import dev.intaglio.issuer.nonce.NonceEndpoint;
import dev.intaglio.issuer.notification.NotificationEndpoint;
import dev.intaglio.issuer.offer.CredentialOffers;
import dev.intaglio.issuer.offer.HandedClaims;
import dev.intaglio.issuer.offer.OfferEndpoint;
import dev.intaglio.issuer.proof.KeyProofs;
import dev.intaglio.issuer.proof.ProofPolicy;
import dev.intaglio.issuer.reissuance.Reissuance;
import dev.intaglio.issuer.spi.AccessTokenVerifier;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.DecryptionKeys;
import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.spi.IssuerStates;
import dev.intaglio.issuer.spi.PreAuthorizedCodes;
import dev.intaglio.issuer.spi.ServedIssuer;
import dev.intaglio.issuer.status.CredentialStatuses;
import dev.intaglio.issuer.status.StatusAssignment;
import dev.intaglio.issuer.status.StatusSettings;
import dev.intaglio.issuer.store.DeferredTransactions;
import dev.intaglio.issuer.store.IssuanceQuotas;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.Notifications;
import dev.intaglio.issuer.store.Offers;
import dev.intaglio.issuer.store.StatusLists;
import dev.intaglio.issuer.store.StatusOperations;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.protocol.dpop.DpopVerifier;
import dev.intaglio.protocol.dpop.ReplayGuard;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Router;
import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.metadata.Identifiers;
import dev.intaglio.protocol.metadata.IssuerDisplay;
import dev.intaglio.protocol.nonce.KeyedNonces;
import dev.intaglio.protocol.oauth.AccessToken;
import dev.intaglio.protocol.oauth.ErrorResponses;
import dev.intaglio.protocol.oauth.Wording;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import dev.intaglio.protocol.ratelimit.RateLimits;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The Credential Issuer of OpenID4VCI: every endpoint that is not OAuth's. Immutable and safe to share.
///
/// ```java
/// var issuer = CredentialIssuer.builder(identifier, definitions, keys, nonceKey)
///         .datasets(registry::find)
///         .accessTokens(authorization::accessToken)
///         .preAuthorizedCodes(codes)
///         .stores(offers, issuances, replayGuard)
///         .build();
/// ```
public final class CredentialIssuer implements ServedIssuer {
    private final Builder builder;
    private final IssuerMetadata metadata;
    private final List<CredentialDefinition> definitions;
    private final Router router;
    private final Handler handler;
    private final CredentialOffers offers;
    private final Optional<Approvals> approvals;
    private final Reissuance reissuance;
    private final Optional<CredentialStatuses> statuses;

    private CredentialIssuer(Builder options) {
        var builder = options.copy();
        this.builder = builder;
        var identifier = builder.identifier;
        var base = WellKnown.basePath(identifier);
        var formats = builder.formats.orElseGet(() -> CredentialFormats.onClassPath(builder.random));
        builder.definitions.forEach(formats::check);
        var announced = new Announced(builder, formats);
        var configurations = announced.configurations();
        definitions = builder.definitions;
        approvals = builder.transactions.map(store -> new Approvals(store, builder.clock));
        var shared = builder.sharedStatuses;
        statuses = shared.or(() -> builder.statuses(formats));
        builder.sharedStatuses = statuses;
        metadata = new IssuerMetadata(announced.metadata(base), builder.encryption);
        var cNonces = builder.nonces("c_nonce", builder.nonceLifetime);
        var dpop = new DpopVerifier(
                builder.dpopNonces ? Optional.of(builder.nonces("dpop", builder.nonceLifetime)) : Optional.empty(),
                builder.replayGuard.orElseThrow(() -> missing("stores")),
                builder.clock);
        offers = new CredentialOffers(
                identifier,
                identifier.resolve(base + "/offers/"),
                configurations.keySet(),
                builder.preAuthorizedCodes.orElseThrow(() -> missing("preAuthorizedCodes")),
                builder.issuerStates,
                builder.authorizationServers,
                builder.serverOfOffers(),
                builder.offerEndpoint,
                builder.offers.orElseThrow(() -> missing("stores")),
                builder.handedClaims,
                builder.clock,
                builder.random);
        var following = new ArrayList<>(builder.listeners);
        builder.handedClaims
                .map(handed -> handed.keepingWhatWaits(builder.deferralPolicy.lifetime()))
                .ifPresent(following::add);
        var listeners = new Listeners(following);
        reissuance = new Reissuance(
                builder.definitions,
                builder.issuances.orElseThrow(() -> missing("stores")),
                statuses,
                listeners,
                builder.clock);
        var protectedResource = new ProtectedResource(builder.countedAccessTokens(), dpop);
        var credentialEndpoint = new CredentialEndpoint(
                builder.principal,
                builder.definitions,
                configurations,
                formats,
                protectedResource,
                builder.encryption,
                new KeyProofs(identifier, cNonces, builder.proofPolicy, builder.batchSize, builder.clock),
                builder.transactions,
                builder.deferralPolicy,
                builder.datasets.orElseThrow(() -> missing("datasets")),
                builder.issuances.orElseThrow(() -> missing("stores")),
                new SubjectLimits(builder.quotas),
                builder.log,
                builder.notifications.isPresent(),
                statuses.map(CredentialStatuses::assignment).orElse(StatusAssignment.NONE),
                listeners,
                builder.keys,
                builder.outliving,
                builder.clock,
                builder.random);
        var routes = Router.builder()
                .get(
                        WellKnown.path(identifier, CredentialIssuerMetadata.WELL_KNOWN),
                        new MetadataEndpoint(metadata, builder.keys, builder.clock))
                .get(WellKnown.path(identifier, "jwt-vc-issuer"), new KeysEndpoint(identifier, builder.keys))
                .get(base + "/offers/", new OfferEndpoint(offers))
                .post(base + "/nonce", new NonceEndpoint(cNonces, dpop))
                .post(base + "/credential", credentialEndpoint);
        if (builder.transactions.isPresent()) {
            routes.post(base + "/deferred_credential", credentialEndpoint.deferred());
        }
        builder.notifications.ifPresent(store -> routes.post(
                base + "/notification", new NotificationEndpoint(protectedResource, store, listeners, builder.clock)));
        if (shared.isEmpty()) { // a variation names the lists of the issuer it varies
            statuses.ifPresent(one -> one.route(routes));
        }
        announced.documents().forEach((path, document) -> routes.get(path, new DocumentEndpoint(document)));
        if (announced.hasDidDocument()) {
            // Made each time: keys come and go.
            routes.get(
                    IssuerIdentification.didWebPath(identifier),
                    request -> new DocumentEndpoint(announced.didDocument().json()).handle(request));
        }
        router = routes.build();
        handler = new ErrorResponses(builder.rateLimits.around(router), builder.wording);
    }

    /// @param identifier the Credential Issuer Identifier (§12.2.1)
    /// @param definitions the credential types to issue
    /// @param keys for signing credentials
    /// @param nonceKey at least 32 secret bytes that all nodes share
    public static Builder builder(
            URI identifier, List<CredentialDefinition> definitions, KeyRing keys, byte[] nonceKey) {
        return new Builder(identifier, definitions, keys, nonceKey);
    }

    @Override
    public URI identifier() {
        return builder.identifier;
    }

    /// All endpoints of this issuer.
    @Override
    public Handler handler() {
        return handler;
    }

    /// Its endpoints, as [Router#endpoints] lists them.
    public Set<String> endpoints() {
        return router.endpoints();
    }

    /// Whether a path is one of this issuer's.
    @Override
    public boolean serves(String path) {
        return router.knows(path);
    }

    /// As of now: the keys that requests are encrypted to change.
    @Override
    public CredentialIssuerMetadata metadata() {
        return metadata.current();
    }

    @Override
    public CredentialIssuer varied(Variation variation) {
        return new CredentialIssuer(builder.varied(variation));
    }

    /// The credential types this issuer has.
    public List<CredentialDefinition> definitions() {
        return definitions;
    }

    /// For making offers.
    public CredentialOffers offers() {
        return offers;
    }

    /// For deciding about requests that wait for somebody at the issuer.
    ///
    /// @throws IllegalStateException if the issuer was built without deferral
    public Approvals approvals() {
        return approvals.orElseThrow(() -> missing("deferral"));
    }

    /// For telling that claims have changed, so that credentials are to be issued anew.
    public Reissuance reissuance() {
        return reissuance;
    }

    /// For revoking and suspending credentials, and for publishing that.
    ///
    /// @throws IllegalStateException if the issuer was built without stores for statuses
    public CredentialStatuses statuses() {
        return statuses.orElseThrow(() -> missing("statuses"));
    }

    private static IllegalStateException missing(String setting) {
        return new IllegalStateException("a Credential Issuer needs " + setting);
    }

    /// Collects what a deployer gives and what may be chosen.
    public static final class Builder implements Cloneable {
        URI identifier;
        private final URI principal;
        final List<CredentialDefinition> definitions;
        final KeyRing keys;
        private final byte[] nonceKey;
        private Optional<CredentialDatasets> datasets = Optional.empty();
        private Optional<AccessTokenVerifier> accessTokens = Optional.empty();
        private Optional<PreAuthorizedCodes> preAuthorizedCodes = Optional.empty();
        private Optional<IssuerStates> issuerStates = Optional.empty();
        private String offerEndpoint = CredentialOfferUri.DEFAULT_ENDPOINT;
        private URI serverOfOffers;
        private Optional<Offers> offers = Optional.empty();
        private Optional<Issuances> issuances = Optional.empty();
        private Optional<ReplayGuard> replayGuard = Optional.empty();
        Optional<DeferredTransactions> transactions = Optional.empty();
        private DeferralPolicy deferralPolicy = DeferralPolicy.DEFAULT;
        Optional<Notifications> notifications = Optional.empty();
        private Optional<StatusStores> statusStores = Optional.empty();
        private Optional<CredentialStatuses> sharedStatuses = Optional.empty();
        private RateLimits rateLimits = RateLimits.none();
        private Wording wording = Wording.SHORT;
        private Optional<IssuanceQuotas> quotas = Optional.empty();
        private Optional<LogEvents> log = Optional.empty();
        private OutlivingCredentials outliving = OutlivingCredentials.CUT;
        private List<IssuanceListener> listeners = new ArrayList<>();
        private Optional<HandedClaims> handedClaims = Optional.empty();
        List<URI> authorizationServers = List.of();
        List<IssuerDisplay> display = List.of();
        ProofPolicy proofPolicy = ProofPolicy.DEFAULT;
        MessageEncryption encryption = MessageEncryption.none();
        int batchSize = 10;
        private boolean dpopNonces = true;
        private Duration nonceLifetime = Duration.ofMinutes(10);
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();
        private Optional<CredentialFormats> formats = Optional.empty();

        private record StatusStores(StatusLists lists, StatusOperations operations, StatusSettings settings) {}

        private Builder(URI identifier, List<CredentialDefinition> definitions, KeyRing keys, byte[] nonceKey) {
            this.identifier = Identifiers.require("credential_issuer", identifier);
            this.principal = identifier;
            this.definitions = List.copyOf(definitions);
            this.keys = keys;
            this.nonceKey = nonceKey.clone();
            this.serverOfOffers = identifier;
        }

        /// Everything that was chosen, so that nothing chosen later changes an issuer that stands.
        private Builder copy() {
            try {
                var copy = (Builder) clone();
                copy.listeners = new ArrayList<>(listeners);
                return copy;
            } catch (CloneNotSupportedException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        private Builder varied(ServedIssuer.Variation variation) {
            var copy = copy();
            copy.identifier = Identifiers.require("credential_issuer", variation.identifier());
            if (authorizationServers.isEmpty() && !variation.identifier().equals(identifier)) {
                copy.authorizationServers = List.of(identifier); // it was its own, and stays the other's
            }
            copy.formats = Optional.of(formats.orElseGet(() -> CredentialFormats.onClassPath(random))
                    .with(variation.formats()));
            copy.issuances = issuances.map(variation.issuances());
            copy.listeners.add(variation.listener());
            copy.proofPolicy = proofPolicy.withAttestationType(variation.keyAttestationType());
            return copy;
        }

        /// Where claims come from.
        public Builder datasets(CredentialDatasets source) {
            datasets = Optional.of(source);
            return this;
        }

        /// Keeps claims with offers, and hands them to data sources that [HandedClaims#before] wraps. Without it, offers carry none.
        public Builder handedClaims(HandedClaims claims) {
            handedClaims = Optional.of(claims);
            return this;
        }

        /// Who recognises access tokens.
        public Builder accessTokens(AccessTokenVerifier verifier) {
            accessTokens = Optional.of(verifier);
            return this;
        }

        /// Who makes the codes of offers.
        public Builder preAuthorizedCodes(PreAuthorizedCodes codes) {
            preAuthorizedCodes = Optional.of(codes);
            return this;
        }

        /// Who makes the `issuer_state` of offers. Without it, no offer has the authorization code grant.
        public Builder issuerStates(IssuerStates states) {
            issuerStates = Optional.of(states);
            return this;
        }

        /// Which of [#authorizationServers] makes the codes and states of offers; by default the one that has the issuer's own
        /// identifier.
        public Builder serverOfOffers(URI authorizationServer) {
            serverOfOffers = authorizationServer;
            return this;
        }

        /// What the links of offers begin with: by default `openid-credential-offer://` (§12.1.1).
        ///
        /// @param endpoint may be a bare scheme, such as `haip-vci://`
        public Builder offerEndpoint(String endpoint) {
            offerEndpoint = endpoint;
            return this;
        }

        public Builder stores(Offers offerStore, Issuances issuanceStore, ReplayGuard guard) {
            offers = Optional.of(offerStore);
            issuances = Optional.of(issuanceStore);
            replayGuard = Optional.of(guard);
            return this;
        }

        /// Lets requests wait that cannot be answered at once (§9). Without a store there is no deferred credential endpoint:
        /// data sources and rules then have to say yes or no.
        public Builder deferral(DeferredTransactions store) {
            transactions = Optional.of(store);
            return this;
        }

        /// Who waits for what, and how long. By default definitions say it.
        public Builder deferralPolicy(DeferralPolicy policy) {
            deferralPolicy = policy;
            return this;
        }

        /// How much one token, client, address may ask. By default anything.
        public Builder rateLimits(RateLimits limits) {
            rateLimits = limits;
            return this;
        }

        /// How much error responses say; by default no more than they must.
        public Builder errors(Wording descriptions) {
            wording = descriptions;
            return this;
        }

        /// Counts what each subject has got, for definitions with a `limit`.
        public Builder quotas(IssuanceQuotas store) {
            quotas = Optional.of(store);
            return this;
        }

        /// What becomes of credentials that would be valid for longer than the certificates of the key that signs them. By
        /// default they end with it.
        public Builder outliving(OutlivingCredentials policy) {
            outliving = policy;
            return this;
        }

        /// Puts issuances and deferrals into the issuance log; the stores keep what it is told. By default there is none.
        public Builder log(LogEvents words) {
            log = Optional.of(words);
            return this;
        }

        /// Keeps status lists, for definitions with a `status`.
        public Builder statuses(StatusLists lists, StatusOperations operations, StatusSettings settings) {
            statusStores = Optional.of(new StatusStores(lists, operations, settings));
            return this;
        }

        /// Lets wallets tell what became of their credentials (§11). Without a store there is no notification endpoint.
        public Builder notifications(Notifications store) {
            notifications = Optional.of(store);
            return this;
        }

        /// Who follows issuance, besides those given before.
        public Builder listener(IssuanceListener follower) {
            listeners.add(follower);
            return this;
        }

        /// By default the issuer is its own authorization server, and its metadata names none (§12.2.4). Where several are named,
        /// offers name the one that is told of them; where none is, [PreAuthorizedCodes#none] says so.
        public Builder authorizationServers(List<URI> identifiers) {
            authorizationServers = List.copyOf(identifiers);
            return this;
        }

        /// How the issuer is called.
        public Builder display(List<IssuerDisplay> names) {
            display = List.copyOf(names);
            return this;
        }

        /// The formats credentials can be made in; by default all on the class path.
        public Builder formats(CredentialFormats supported) {
            formats = Optional.of(supported);
            return this;
        }

        public Builder proofs(ProofPolicy policy) {
            proofPolicy = policy;
            return this;
        }

        /// Requests and responses can, or must, be encrypted on top of TLS (§10); by default they cannot.
        public Builder encryption(EncryptionPolicy policy, DecryptionKeys decryptionKeys) {
            encryption = MessageEncryption.of(policy, decryptionKeys);
            return this;
        }

        /// How many credentials a request may ask for, each for a key of its own; 1 for no batches, by default 10.
        public Builder batchSize(int largest) {
            if (largest < 1) {
                throw new IllegalArgumentException("the batch size is at least 1");
            }
            batchSize = largest;
            return this;
        }

        /// Whether DPoP proofs at the credential endpoint must carry a nonce of this issuer; by default they must.
        public Builder dpopNonces(boolean required) {
            dpopNonces = required;
            return this;
        }

        /// By default 10 minutes.
        public Builder nonceLifetime(Duration lifetime) {
            nonceLifetime = lifetime;
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

        /// @throws IllegalStateException if something needed is missing
        /// @throws dev.intaglio.credential.CredentialDefinitionException if a definition asks for a format there is not,
        ///     or asks of it what it cannot do
        public CredentialIssuer build() {
            definitions.stream()
                    .filter(definition -> definition.policy().limit().isPresent() && quotas.isEmpty())
                    .findFirst()
                    .ifPresent(definition -> {
                        throw missing("quotas: the definition " + definition.id() + " has a limit");
                    });
            definitions.stream()
                    .filter(definition -> definition.policy().approval() == IssuancePolicy.Approval.MANUAL)
                    .filter(definition -> transactions.isEmpty())
                    .findFirst()
                    .ifPresent(definition -> {
                        throw missing("deferral: the definition " + definition.id() + " has approval: manual");
                    });
            var issuer = new CredentialIssuer(this);
            definitions.stream()
                    .filter(definition -> definition.status().isPresent() && statusStores.isEmpty())
                    .findFirst()
                    .ifPresent(definition -> {
                        throw missing("statuses: the definition " + definition.id() + " has a status");
                    });
            return issuer;
        }

        /// A client that a good token names counts, whoever sends the token.
        private AccessTokenVerifier countedAccessTokens() {
            var verifier = accessTokens.orElseThrow(() -> missing("accessTokens"));
            return token -> {
                var verified = verifier.verify(token);
                verified.flatMap(AccessToken::clientId)
                        .ifPresent(client -> rateLimits.client(client, true, Optional.empty()));
                return verified;
            };
        }

        private Optional<CredentialStatuses> statuses(CredentialFormats known) {
            return statusStores.map(stores -> new CredentialStatuses(
                    identifier,
                    definitions,
                    known,
                    stores.lists(),
                    stores.operations(),
                    stores.settings(),
                    keys,
                    clock,
                    random));
        }

        private KeyedNonces nonces(String purpose, Duration lifetime) {
            return new KeyedNonces(purpose + " " + principal, List.of(nonceKey), lifetime, clock, random);
        }

        /// Named in offers where there is a choice, and only there (§4.1.1).
        private Optional<URI> serverOfOffers() {
            return authorizationServers.size() > 1 && authorizationServers.contains(serverOfOffers)
                    ? Optional.of(serverOfOffers)
                    : Optional.empty();
        }
    }
}
