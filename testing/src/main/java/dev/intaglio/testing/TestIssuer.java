package dev.intaglio.testing;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.authorization.store.OfferedAuthorization;
import dev.intaglio.authorization.token.DpopPolicy;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.issuer.encryption.EncryptionPolicy;
import dev.intaglio.issuer.encryption.RotatingDecryptionKeys;
import dev.intaglio.issuer.offer.CreatedOffer;
import dev.intaglio.issuer.offer.HandedClaims;
import dev.intaglio.issuer.offer.OfferRequest;
import dev.intaglio.issuer.source.FileDatasets;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.IssuerStates;
import dev.intaglio.issuer.spi.PreAuthorizedCodes;
import dev.intaglio.issuer.status.StatusSettings;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.offer.TxCode;
import dev.intaglio.testing.store.InMemoryStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A Credential Issuer and its Authorization Server in memory: real messages, real signatures, no sockets, a clock that
/// stands still. For tests of wallets, and of the issuer itself.
///
/// ```java
/// var issuer = TestIssuer.create();
/// var offer = issuer.offer(TestIssuer.DIPLOMA);
/// var wallet = Wallet.builder(issuer.handler(), issuer.anchors()).clock(issuer.clock()).build();
/// var outcome = wallet.receive(wallet.resolve(offer.linkByValue()), offer.txCode());
/// ```
///
/// A transport that has to be a socket is one line around [#handler].
public final class TestIssuer {
    /// The identifier of the issuer, unless a test wants another.
    public static final URI IDENTIFIER = URI.create("https://issuer.example");

    /// When it is, until a test moves the clock.
    public static final Instant NOW = Instant.parse("2026-11-03T10:15:30Z");

    /// Somebody about whom there are claims for every credential type; the sample data is in `people.json`.
    public static final String ERIKA = "erika";

    /// Somebody about whom there are claims for [#EMPLOYEE] alone.
    public static final String BILBO = "bilbo";

    public static final String PID = "eu.europa.ec.eudi.pid_vc_sd_jwt";
    public static final String PID_MDOC = "eu.europa.ec.eudi.pid_mso_mdoc";
    public static final String MDL = "org.iso.18013.5.1.mDL";
    public static final String DIPLOMA = "diploma_sd_jwt";
    public static final String EMPLOYEE = "employee_sd_jwt";

    private static final Duration OFFER_VALIDITY = Duration.ofMinutes(30);

    private final URI identifier;
    private final AdjustableClock clock;
    private final InMemoryStores stores = new InMemoryStores();
    private final DevelopmentCa ca;
    private final AuthorizationServer authorizationServer;
    private final CredentialIssuer credentialIssuer;

    private TestIssuer(Builder builder) {
        identifier = builder.identifier;
        clock = builder.clock;
        var random = new SecureRandom();
        ca = DevelopmentCa.create("Test authority", clock, random);
        var keysByUse = new EnumMap<KeyUse, List<SigningKey>>(Map.of(
                KeyUse.CREDENTIAL, List.of(ca.issue("Test issuer", identifier, JWSAlgorithm.ES256)),
                KeyUse.DOCUMENT_SIGNER,
                        List.of(ca.issueDocumentSigner("Test document signer", identifier, JWSAlgorithm.ES256)),
                KeyUse.ACCESS_TOKEN, List.of(SigningKey.generate(JWSAlgorithm.ES256))));
        if (builder.signedMetadata) {
            keysByUse.put(KeyUse.METADATA, List.of(ca.issue("Test metadata", identifier, JWSAlgorithm.ES256)));
        }
        var keys = builder.keys.apply(KeyRing.of(keysByUse));
        // One secret for both, as a deployment in one process has it: they have to tell their nonces apart by
        // themselves.
        var nonceKey = new byte[32];
        random.nextBytes(nonceKey);
        var handedClaims = new HandedClaims(stores.offers(), nonceKey, Duration.ofHours(1), clock);
        authorizationServer = builder.authorizationServerOptions
                .apply(AuthorizationServer.builder(
                                builder.authorizationServer.orElse(identifier),
                                keys,
                                stores.preAuthorizedCodes(),
                                stores.replayGuard("authorization server"),
                                nonceKey)
                        .credentialIssuer(identifier)
                        .approvals(handedClaims::authorized)
                        .clock(clock))
                .build();
        credentialIssuer = builder.credentialIssuerOptions
                .apply(withEncryption(
                        builder,
                        CredentialIssuer.builder(identifier, builder.definitions, keys, nonceKey)
                                .authorizationServers(
                                        builder.authorizationServer.stream().toList())
                                .handedClaims(handedClaims)
                                .datasets(handedClaims.before(builder.datasets))
                                .accessTokens(authorizationServer::accessToken)
                                .preAuthorizedCodes(new Codes(authorizationServer))
                                .issuerStates(new States(authorizationServer))
                                .stores(stores.offers(), stores.issuances(), stores.replayGuard("credential issuer"))
                                .deferral(stores.deferredTransactions())
                                .notifications(stores.notifications())
                                .quotas(stores.issuanceQuotas())
                                .statuses(stores.statusLists(), stores.statusOperations(), StatusSettings.DEFAULT)
                                .clock(clock)))
                .build();
    }

    private CredentialIssuer.Builder withEncryption(Builder builder, CredentialIssuer.Builder options) {
        builder.encryption.ifPresent(policy -> options.encryption(
                policy,
                new RotatingDecryptionKeys(
                        identifier, stores.secrets(), Duration.ofDays(1), Duration.ofHours(12), clock)));
        return options;
    }

    /// An issuer of the credential types that come with Intaglio, with everything left at its default.
    public static TestIssuer create() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /// The claims about [#ERIKA] and [#BILBO]; to be wrapped by a data source that is slow, or down.
    public static CredentialDatasets sampleDatasets() {
        try (var resource = TestIssuer.class.getResourceAsStream("people.json")) {
            if (resource == null) {
                throw new IllegalStateException("the resource people.json is missing");
            }
            return FileDatasets.of(Json.readObject(resource.readAllBytes(), JsonLimits.DOCUMENT));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public URI identifier() {
        return identifier;
    }

    /// All endpoints of both servers.
    public Handler handler() {
        return this::handle;
    }

    private Response handle(Request request) {
        var path = String.valueOf(request.uri().getRawPath());
        return authorizationServer.serves(path)
                ? authorizationServer.handler().handle(request)
                : credentialIssuer.handler().handle(request);
    }

    /// The time at both servers.
    public AdjustableClock clock() {
        return clock;
    }

    /// What the servers remember.
    public InMemoryStores stores() {
        return stores;
    }

    /// The authority that certifies the key credentials are signed with.
    public DevelopmentCa certificationAuthority() {
        return ca;
    }

    /// For a wallet that is to trust this issuer.
    public TrustAnchors anchors() {
        return TrustAnchors.of(List.of(ca.anchor()));
    }

    public AuthorizationServer authorizationServer() {
        return authorizationServer;
    }

    public CredentialIssuer credentialIssuer() {
        return credentialIssuer;
    }

    /// Offers [#ERIKA] these credentials, without a Transaction Code.
    public CreatedOffer offer(String... configurationIds) {
        return offer(new OfferRequest(ERIKA, List.of(configurationIds), Optional.empty(), OFFER_VALIDITY));
    }

    /// Offers [#ERIKA] these credentials; the value of the Transaction Code is [CreatedOffer#txCode].
    public CreatedOffer offer(TxCode txCode, String... configurationIds) {
        return offer(new OfferRequest(ERIKA, List.of(configurationIds), Optional.of(txCode), OFFER_VALIDITY));
    }

    public CreatedOffer offer(OfferRequest request) {
        return credentialIssuer.offers().create(request);
    }

    /// A wallet that talks to this issuer: anonymous, with Bearer tokens.
    public TestWallet wallet() {
        return TestWallet.of(handler(), identifier, clock);
    }

    private record States(AuthorizationServer server) implements IssuerStates {
        @Override
        public Optional<String> create(Wanted wanted) {
            return Optional.of(server.offer(
                    wanted.offer(),
                    new OfferedAuthorization(wanted.subject(), wanted.configurationIds(), wanted.singleUse()),
                    wanted.validity()));
        }

        @Override
        public boolean pending(String issuerState) {
            return server.offered(issuerState);
        }
    }

    private record Codes(AuthorizationServer server) implements PreAuthorizedCodes {
        @Override
        public Made create(Wanted wanted) {
            var made = server.preAuthorize(
                    wanted.offer(), wanted.subject(), wanted.configurationIds(), wanted.txCode(), wanted.validity());
            return new Made(made.code(), made.txCode(), made.authorizationId());
        }

        @Override
        public boolean pending(String code) {
            return server.pending(code);
        }
    }

    /// Collects what a test wants to be different.
    public static final class Builder {
        private URI identifier = IDENTIFIER;
        private Optional<URI> authorizationServer = Optional.empty();
        private AdjustableClock clock = AdjustableClock.at(NOW);
        private List<CredentialDefinition> definitions = CredentialDefinitions.shipped();
        private CredentialDatasets datasets = sampleDatasets();
        private Optional<EncryptionPolicy> encryption = Optional.empty();
        private boolean signedMetadata;
        private UnaryOperator<KeyRing> keys = UnaryOperator.identity();
        private UnaryOperator<AuthorizationServer.Builder> authorizationServerOptions = UnaryOperator.identity();
        private UnaryOperator<CredentialIssuer.Builder> credentialIssuerOptions = UnaryOperator.identity();

        private Builder() {}

        /// The Credential Issuer Identifier; with a path for one of several issuers at a host.
        public Builder identifier(URI value) {
            identifier = value;
            return this;
        }

        /// Gives the authorization server an identifier of its own, which the issuer's metadata then names.
        public Builder authorizationServer(URI value) {
            authorizationServer = Optional.of(value);
            return this;
        }

        public Builder clock(AdjustableClock value) {
            clock = value;
            return this;
        }

        /// The credential types to issue, instead of those that come with Intaglio.
        public Builder definitions(List<CredentialDefinition> values) {
            definitions = List.copyOf(values);
            return this;
        }

        /// Where claims come from, instead of the sample data.
        public Builder datasets(CredentialDatasets source) {
            datasets = source;
            return this;
        }

        /// Credential Requests and Responses can or must be encrypted, to keys that change every day.
        public Builder encryption(EncryptionPolicy policy) {
            encryption = Optional.of(policy);
            return this;
        }

        /// Other keys than those that are made for it, or some besides; what is certified is so by [TestIssuer#certificationAuthority].
        public Builder keys(UnaryOperator<KeyRing> others) {
            keys = others;
            return this;
        }

        /// The metadata is also served signed, by a key that [TestIssuer#anchors] lead to.
        public Builder signedMetadata() {
            signedMetadata = true;
            return this;
        }

        /// Access tokens are bound to a DPoP key, or there are none.
        public Builder dpopRequired() {
            return authorizationServerOptions(server -> server.dpop(DpopPolicy.REQUIRED));
        }

        /// Whether DPoP proofs need nonces, at both servers.
        public Builder dpopNonces(boolean required) {
            return authorizationServerOptions(server -> server.dpopNonces(required))
                    .credentialIssuerOptions(issuer -> issuer.dpopNonces(required));
        }

        /// Whether a code may be redeemed without `client_id`.
        public Builder anonymousAccess(boolean allowed) {
            return authorizationServerOptions(server -> server.anonymousAccess(allowed));
        }

        /// How many credentials a request may ask for; 1 for no batches.
        public Builder batchSize(int largest) {
            return credentialIssuerOptions(issuer -> issuer.batchSize(largest));
        }

        /// Any other option of the authorization server; those given before stay.
        public Builder authorizationServerOptions(UnaryOperator<AuthorizationServer.Builder> options) {
            var before = authorizationServerOptions;
            authorizationServerOptions = server -> options.apply(before.apply(server));
            return this;
        }

        /// Any other option of the Credential Issuer; those given before stay.
        public Builder credentialIssuerOptions(UnaryOperator<CredentialIssuer.Builder> options) {
            var before = credentialIssuerOptions;
            credentialIssuerOptions = issuer -> options.apply(before.apply(issuer));
            return this;
        }

        public TestIssuer build() {
            return new TestIssuer(this);
        }
    }
}
