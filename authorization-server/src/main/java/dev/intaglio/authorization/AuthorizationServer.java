package dev.intaglio.authorization;

import dev.intaglio.authorization.challenge.ChallengeEndpoint;
import dev.intaglio.authorization.client.AttestationBased;
import dev.intaglio.authorization.client.AttestationPolicy;
import dev.intaglio.authorization.client.ClientAuthentication;
import dev.intaglio.authorization.client.Clients;
import dev.intaglio.authorization.client.PrivateKeyJwt;
import dev.intaglio.authorization.client.PublicClients;
import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.grant.Grants;
import dev.intaglio.authorization.grant.PreAuthorizedCodeGrant;
import dev.intaglio.authorization.interaction.ApprovalListener;
import dev.intaglio.authorization.interaction.Decision;
import dev.intaglio.authorization.interaction.Interaction;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.authorization.jwks.JwksEndpoint;
import dev.intaglio.authorization.metadata.MetadataEndpoint;
import dev.intaglio.authorization.store.OfferedAuthorization;
import dev.intaglio.authorization.store.PreAuthorizedCodes;
import dev.intaglio.authorization.token.AccessTokens;
import dev.intaglio.authorization.token.DpopPolicy;
import dev.intaglio.authorization.token.TokenEndpoint;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.protocol.clientattestation.ClientAttestation;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.dpop.DpopVerifier;
import dev.intaglio.protocol.dpop.ReplayGuard;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Router;
import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.metadata.Identifiers;
import dev.intaglio.protocol.nonce.KeyedNonces;
import dev.intaglio.protocol.oauth.AccessToken;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.oauth.AuthorizationRequest;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.protocol.oauth.ErrorResponses;
import dev.intaglio.protocol.oauth.Pkce;
import dev.intaglio.protocol.oauth.Wording;
import dev.intaglio.protocol.offer.TxCode;
import dev.intaglio.protocol.ratelimit.RateLimits;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The Authorization Server: gives access tokens for the credentials of one Credential Issuer. Immutable and safe to share.
///
/// It does not know the issuer's classes; an assembly joins the two through [#accessToken] and [#preAuthorize].
public final class AuthorizationServer {
    private final AuthorizationServerMetadata metadata;
    private final Router router;
    private final Handler handler;
    private final AccessTokens accessTokens;
    private final PreAuthorizedCodeGrant preAuthorizedCodes;
    private final Optional<RunningCodeFlow> codeFlow;

    private AuthorizationServer(Builder builder) {
        var base = WellKnown.basePath(builder.issuer);
        accessTokens = new AccessTokens(
                builder.issuer,
                builder.credentialIssuer,
                builder.keys,
                builder.accessTokenLifetime,
                builder.clock,
                builder.random);
        preAuthorizedCodes = new PreAuthorizedCodeGrant(
                builder.codes,
                builder.credentialIssuer,
                builder.locationsRequired(),
                builder.txCodeAttempts,
                builder.clock,
                builder.random);
        // Not the purpose of the issuer's DPoP nonces: a nonce is good at the server that gave it (RFC 9449, section
        // 9), also
        // where both have the same identifier and the same key.
        var nonces = new KeyedNonces(
                "authorization server dpop " + builder.issuer,
                List.of(builder.nonceKey),
                Duration.ofMinutes(5),
                builder.clock,
                builder.random);
        var dpop = new DpopVerifier(
                builder.dpopNonces ? Optional.of(nonces) : Optional.empty(), builder.replayGuard, builder.clock);
        codeFlow = builder.codeFlow.map(flow -> new RunningCodeFlow(
                flow,
                builder.issuer,
                builder.credentialIssuer,
                builder.locationsRequired(),
                builder.registeredClients,
                builder.dpopPolicy,
                builder.accessTokenLifetime,
                builder.wording,
                builder.approvals,
                builder.clock,
                builder.random));
        var challenges = new KeyedNonces(
                "attestation challenge " + builder.issuer,
                List.of(builder.nonceKey),
                Duration.ofMinutes(5),
                builder.clock,
                builder.random);
        var clients = builder.clients(base, challenges);
        var grants = new Grants(
                preAuthorizedCodes,
                codeFlow.map(RunningCodeFlow::codes),
                codeFlow.flatMap(RunningCodeFlow::refreshTokens));
        metadata = builder.metadata(base, clients, grants);
        var routes = Router.builder()
                .get(
                        WellKnown.path(builder.issuer, AuthorizationServerMetadata.WELL_KNOWN),
                        new MetadataEndpoint(metadata))
                .get(base + "/jwks", new JwksEndpoint(builder.keys))
                .post(
                        base + "/token",
                        new TokenEndpoint(
                                clients, builder.dpopPolicy, dpop, grants, builder.registeredClients, accessTokens));
        codeFlow.ifPresent(flow -> flow.addRoutes(routes, base, clients, builder.dpopPolicy, dpop));
        if (builder.attestations.isPresent()) {
            routes.post(base + "/challenge", new ChallengeEndpoint(challenges));
        }
        router = routes.build();
        handler = new ErrorResponses(builder.rateLimits.around(router), builder.wording);
    }

    /// @param issuer this server's identifier
    /// @param keys for signing access tokens
    /// @param codes where pre-authorized codes are kept
    /// @param replayGuard remembers DPoP proofs
    /// @param nonceKey at least 32 secret bytes that all nodes share
    public static Builder builder(
            URI issuer, KeyRing keys, PreAuthorizedCodes codes, ReplayGuard replayGuard, byte[] nonceKey) {
        return new Builder(issuer, keys, codes, replayGuard, nonceKey);
    }

    /// All endpoints of this server.
    public Handler handler() {
        return handler;
    }

    /// Its endpoints, as [Router#endpoints] lists them.
    public Set<String> endpoints() {
        return router.endpoints();
    }

    /// Whether a path is one of this server's.
    public boolean serves(String path) {
        return router.knows(path);
    }

    public AuthorizationServerMetadata metadata() {
        return metadata;
    }

    /// What an access token says, if it is one of ours, still good, and not revoked.
    public Optional<AccessToken> accessToken(String token) {
        return accessTokens
                .verify(token)
                .filter(found -> codeFlow.filter(flow -> flow.revocation().revoked(found.authorizationId()))
                        .isEmpty());
    }

    /// What to show the user for an interaction that [UserInteraction.Pages] was given; empty if it is unknown, over, or took
    /// too long.
    public Optional<Interaction> interaction(String interactionId) {
        return codeFlow.flatMap(flow -> flow.interactions().find(interactionId));
    }

    /// Ends an interaction by the user's decision. To be called by the page only after it has made sure who the user is, and
    /// with a request that the user's own browser made (guarded against forged ones as any form).
    ///
    /// @return where to send the browser (303); empty if the interaction is unknown, over, or took too long
    public Optional<URI> complete(String interactionId, Decision decision) {
        return codeFlow.flatMap(flow -> flow.interactions().complete(interactionId, decision));
    }

    /// Ends an authorization: neither its access tokens nor its refresh tokens are good any more.
    ///
    /// @throws IllegalStateException if the authorization code flow, whose stores remember it, is not set up
    public void revoke(String authorizationId) {
        codeFlow.orElseThrow(
                        () -> new IllegalStateException("revocation needs the stores of the authorization code flow"))
                .revocation()
                .revoke(authorizationId);
    }

    /// Makes a pre-authorized code for an offer.
    ///
    /// @param subject whom the credentials will be about
    /// @param txCode present if the user shall enter a Transaction Code
    public PreAuthorizedCodeGrant.Made preAuthorize(
            String subject, List<String> configurationIds, Optional<TxCode> txCode, Duration validity) {
        return preAuthorizedCodes.make(Optional.empty(), subject, configurationIds, txCode, validity);
    }

    /// As above, for an offer that can be told by its name ever after.
    ///
    /// @param offer what the name of the authorization begins with, a dot after it
    public PreAuthorizedCodeGrant.Made preAuthorize(
            String offer, String subject, List<String> configurationIds, Optional<TxCode> txCode, Duration validity) {
        return preAuthorizedCodes.make(Optional.of(offer), subject, configurationIds, txCode, validity);
    }

    /// Makes the `issuer_state` of an offer with the authorization code grant (§4.1.1).
    ///
    /// @throws IllegalStateException if the authorization code flow is not set up
    public String offer(OfferedAuthorization offered, Duration validity) {
        return codeFlow.orElseThrow(() -> new IllegalStateException("there is no authorization code flow"))
                .offers()
                .make(Optional.empty(), offered, validity);
    }

    /// As above, for an offer that can be told by its name ever after.
    ///
    /// @param offer what the names of authorizations that take it up begin with, a dot after it
    public String offer(String offer, OfferedAuthorization offered, Duration validity) {
        return codeFlow.orElseThrow(() -> new IllegalStateException("there is no authorization code flow"))
                .offers()
                .make(Optional.of(offer), offered, validity);
    }

    /// Whether the offer of an `issuer_state` can still be taken up.
    public boolean offered(String issuerState) {
        return codeFlow.filter(flow -> flow.offers().pending(issuerState)).isPresent();
    }

    /// Whether a pre-authorized code can still be redeemed.
    public boolean pending(String preAuthorizedCode) {
        return preAuthorizedCodes.pending(preAuthorizedCode);
    }

    /// Collects what may be chosen.
    public static final class Builder {
        private static final Duration LONGEST_BEARER = Duration.ofMinutes(5);

        private final URI issuer;
        private final KeyRing keys;
        private final PreAuthorizedCodes codes;
        private final ReplayGuard replayGuard;
        private final byte[] nonceKey;
        private final List<ClientAuthentication> clientAuthentication = new ArrayList<>();
        private URI credentialIssuer;
        private boolean locationsRequired;
        private List<String> scopes = List.of();
        private boolean anonymousAccess = true;
        private boolean publicClients = true;
        private RegisteredClients registeredClients = RegisteredClients.none();
        private boolean anyAssertionAudience = false;
        private Optional<AttestationPolicy> attestations = Optional.empty();
        private Optional<CodeFlow> codeFlow = Optional.empty();
        private ApprovalListener approvals = ApprovalListener.none();
        private DpopPolicy dpopPolicy = DpopPolicy.OPTIONAL;
        private boolean dpopNonces = true;
        private Duration accessTokenLifetime = Duration.ofMinutes(5);
        private int txCodeAttempts = 5;
        private RateLimits rateLimits = RateLimits.none();
        private Wording wording = Wording.SHORT;
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();

        private Builder(URI issuer, KeyRing keys, PreAuthorizedCodes codes, ReplayGuard replayGuard, byte[] nonceKey) {
            this.issuer = Identifiers.require("issuer", issuer);
            this.keys = keys;
            this.codes = codes;
            this.replayGuard = replayGuard;
            this.nonceKey = nonceKey.clone();
            this.credentialIssuer = issuer;
        }

        /// The Credential Issuer the tokens are for; by default it has the same identifier.
        public Builder credentialIssuer(URI identifier) {
            credentialIssuer = identifier;
            return this;
        }

        /// Whether authorization details must name the Credential Issuer as their `locations`: so it is where its metadata has
        /// `authorization_servers` (§5.1.1). By default only where the issuer has another identifier than this server.
        public Builder locationsRequired(boolean required) {
            locationsRequired = required;
            return this;
        }

        /// For `scopes_supported`; by default the scopes of the authorization code flow's credentials.
        public Builder scopes(List<String> values) {
            scopes = List.copyOf(values);
            return this;
        }

        /// Whether a pre-authorized code may be redeemed without `client_id` (§12.3); by default it may.
        public Builder anonymousAccess(boolean allowed) {
            anonymousAccess = allowed;
            return this;
        }

        /// Adds a way of recognising clients, asked before public ones.
        public Builder clientAuthentication(ClientAuthentication method) {
            clientAuthentication.add(method);
            return this;
        }

        /// Sets up the authorization code flow (§3.4); without it there is none.
        public Builder authorizationCode(CodeFlow flow) {
            codeFlow = Optional.of(flow);
            return this;
        }

        /// Told of each authorization that a user gave; by default nobody is.
        public Builder approvals(ApprovalListener listener) {
            approvals = listener;
            return this;
        }

        /// Clients the operator knows: for the authorization code flow, and for authentication by `private_key_jwt`.
        public Builder registeredClients(RegisteredClients clients) {
            registeredClients = clients;
            return this;
        }

        /// Whether a client assertion may be made out to an endpoint as well as to the issuer identifier (RFC 9126, section 2);
        /// by default it may not (FAPI 2.0, section 5.3.2.1).
        public Builder anyAssertionAudience(boolean accepted) {
            anyAssertionAudience = accepted;
            return this;
        }

        /// Accepts clients that come with an attestation (App. E); by default none do.
        public Builder attestedClients(AttestationPolicy policy) {
            attestations = Optional.of(policy);
            return this;
        }

        /// Whether clients may go without authentication, by name or anonymously; by default they may.
        public Builder publicClients(boolean allowed) {
            publicClients = allowed;
            return this;
        }

        /// By default tokens are bound to a DPoP key when the client sends a proof.
        public Builder dpop(DpopPolicy policy) {
            dpopPolicy = policy;
            return this;
        }

        /// Whether DPoP proofs must carry a nonce of this server (RFC 9449, section 8); by default they must.
        public Builder dpopNonces(boolean required) {
            dpopNonces = required;
            return this;
        }

        /// By default 5 minutes, the longest that §13.10 lets a Bearer token live.
        public Builder accessTokenLifetime(Duration lifetime) {
            if (lifetime.isNegative() || lifetime.isZero()) {
                throw new IllegalArgumentException("an access token lives longer than nothing");
            }
            accessTokenLifetime = lifetime;
            return this;
        }

        /// How many wrong Transaction Codes use an offer up; by default 5.
        public Builder txCodeAttempts(int attempts) {
            if (attempts < 1) {
                throw new IllegalArgumentException("at least one attempt at the Transaction Code is needed");
            }
            txCodeAttempts = attempts;
            return this;
        }

        /// How much one code, client, address may ask. By default anything.
        public Builder rateLimits(RateLimits limits) {
            rateLimits = limits;
            return this;
        }

        /// How much error responses say; by default no more than they must.
        public Builder errors(Wording descriptions) {
            wording = descriptions;
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

        /// @throws IllegalStateException if access tokens could be Bearer and live longer than 5 minutes (§13.10)
        public AuthorizationServer build() {
            if (accessTokenLifetime.compareTo(LONGEST_BEARER) > 0 && dpopPolicy != DpopPolicy.REQUIRED) {
                throw new IllegalStateException(
                        "an access token that may be Bearer lives at most 5 minutes (§13.10); require DPoP or shorten its lifetime");
            }
            return new AuthorizationServer(this);
        }

        private boolean locationsRequired() {
            return locationsRequired || !credentialIssuer.equals(issuer);
        }

        private Clients clients(String base, KeyedNonces challenges) {
            var methods = new ArrayList<>(clientAuthentication);
            attestations.ifPresent(policy -> methods.add(
                    new AttestationBased(issuer, policy, registeredClients, challenges, replayGuard, clock)));
            if (registeredClients.signing()) {
                methods.add(
                        anyAssertionAudience
                                ? PrivateKeyJwt.forAny(
                                        registeredClients,
                                        Set.of(
                                                issuer.toString(),
                                                at(base, "/token").toString(),
                                                at(base, "/par").toString()),
                                        replayGuard,
                                        clock)
                                : PrivateKeyJwt.forIssuer(registeredClients, issuer.toString(), replayGuard, clock));
            }
            if (publicClients) {
                methods.add(new PublicClients(anonymousAccess, this::mayBePublic));
            }
            return new Clients(methods, rateLimits);
        }

        /// A client that is registered to authenticate is not served without.
        private boolean mayBePublic(String clientId) {
            return registeredClients
                    .find(clientId)
                    .filter(client -> !(client.method() instanceof RegisteredClient.Method.None))
                    .isEmpty();
        }

        private URI at(String base, String path) {
            return issuer.resolve(base + path);
        }

        private AuthorizationServerMetadata metadata(String base, Clients clients, Grants grants) {
            var methods = clients.methods();
            var attested = methods.contains(ClientAttestation.METHOD) ? AttestationBased.ALGORITHMS : List.<String>of();
            return new AuthorizationServerMetadata(
                    issuer,
                    codeFlow.map(flow -> at(base, "/authorize")),
                    Optional.of(at(base, "/token")),
                    Optional.of(at(base, "/jwks")),
                    codeFlow.map(flow -> at(base, "/par")),
                    codeFlow.filter(CodeFlow::pushedOnly).isPresent(),
                    attestations.map(policy -> at(base, "/challenge")),
                    codeFlow.map(flow -> List.of(AuthorizationRequest.CODE)).orElse(List.of()),
                    grants.types(),
                    scopes.isEmpty() ? codeFlow.map(CodeFlow::scopes).orElse(List.of()) : scopes,
                    methods,
                    methods.contains(PrivateKeyJwt.METHOD) ? PrivateKeyJwt.ALGORITHMS : List.of(),
                    attested,
                    attested,
                    codeFlow.map(flow -> List.of(Pkce.S256)).orElse(List.of()),
                    dpopPolicy == DpopPolicy.OFF ? List.of() : DpopProof.ALGORITHMS,
                    List.of(AuthorizationDetail.TYPE),
                    anonymousAccess && publicClients,
                    codeFlow.isPresent());
        }
    }
}
