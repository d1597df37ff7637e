package dev.intaglio.authorization;

import dev.intaglio.authorization.client.ClientAuthentication;
import dev.intaglio.authorization.client.Clients;
import dev.intaglio.authorization.client.PublicClients;
import dev.intaglio.authorization.grant.PreAuthorizedCodeGrant;
import dev.intaglio.authorization.jwks.JwksEndpoint;
import dev.intaglio.authorization.metadata.MetadataEndpoint;
import dev.intaglio.authorization.store.PreAuthorizedCodes;
import dev.intaglio.authorization.token.AccessTokens;
import dev.intaglio.authorization.token.DpopPolicy;
import dev.intaglio.authorization.token.TokenEndpoint;
import dev.intaglio.keys.KeyRing;
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
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.protocol.oauth.ErrorResponses;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.offer.TxCode;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The Authorization Server: gives access tokens for the credentials of one Credential Issuer. Immutable and safe to share.
///
/// It does not know the issuer's classes; an assembly joins the two through [#accessToken] and [#preAuthorize].
public final class AuthorizationServer {
    private final AuthorizationServerMetadata metadata;
    private final Router router;
    private final Handler handler;
    private final AccessTokens accessTokens;
    private final PreAuthorizedCodeGrant preAuthorizedCodes;

    private AuthorizationServer(Builder builder) {
        var base = WellKnown.basePath(builder.issuer);
        metadata = builder.metadata(base);
        accessTokens = new AccessTokens(
                builder.issuer, builder.credentialIssuer, builder.keys, builder.accessTokenLifetime, builder.clock, builder.random);
        preAuthorizedCodes = new PreAuthorizedCodeGrant(
                builder.codes, builder.credentialIssuer, builder.txCodeAttempts, builder.clock, builder.random);
        // Not the purpose of the issuer's DPoP nonces: a nonce is good at the server that gave it (RFC 9449, section 9), also
        // where both have the same identifier and the same key.
        var nonces = new KeyedNonces(
                "authorization server dpop " + builder.issuer, List.of(builder.nonceKey), Duration.ofMinutes(5), builder.clock, builder.random);
        var dpop = new DpopVerifier(
                builder.dpopNonces ? Optional.of(nonces) : Optional.empty(), builder.replayGuard, builder.clock);
        router = Router.builder()
                .get(WellKnown.path(builder.issuer, AuthorizationServerMetadata.WELL_KNOWN), new MetadataEndpoint(metadata))
                .get(base + "/jwks", new JwksEndpoint(builder.keys))
                .post(base + "/token", new TokenEndpoint(builder.clients(), builder.dpopPolicy, dpop, preAuthorizedCodes, accessTokens))
                .build();
        handler = new ErrorResponses(router);
    }

    /// @param issuer this server's identifier
    /// @param keys for signing access tokens
    /// @param codes where pre-authorized codes are kept
    /// @param replayGuard remembers DPoP proofs
    /// @param nonceKey at least 32 secret bytes that all nodes share
    public static Builder builder(URI issuer, KeyRing keys, PreAuthorizedCodes codes, ReplayGuard replayGuard, byte[] nonceKey) {
        return new Builder(issuer, keys, codes, replayGuard, nonceKey);
    }

    /// All endpoints of this server.
    public Handler handler() {
        return handler;
    }

    /// Whether a path is one of this server's.
    public boolean serves(String path) {
        return router.knows(path);
    }

    public AuthorizationServerMetadata metadata() {
        return metadata;
    }

    /// What an access token says, if it is one of ours and still good.
    public Optional<AccessToken> accessToken(String token) {
        return accessTokens.verify(token);
    }

    /// Makes a pre-authorized code for an offer.
    ///
    /// @param subject whom the credentials will be about
    /// @param txCode present if the user shall enter a Transaction Code
    public PreAuthorizedCodeGrant.Made preAuthorize(
            String subject, List<String> configurationIds, Optional<TxCode> txCode, Duration validity) {
        return preAuthorizedCodes.make(subject, configurationIds, txCode, validity);
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
        private List<String> scopes = List.of();
        private boolean anonymousAccess = true;
        private DpopPolicy dpopPolicy = DpopPolicy.OPTIONAL;
        private boolean dpopNonces = true;
        private Duration accessTokenLifetime = Duration.ofMinutes(5);
        private int txCodeAttempts = 5;
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

        /// For `scopes_supported`.
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
                throw new IllegalStateException("an access token that may be Bearer lives at most 5 minutes (§13.10); require DPoP or shorten its lifetime");
            }
            return new AuthorizationServer(this);
        }

        private Clients clients() {
            var methods = new ArrayList<>(clientAuthentication);
            methods.add(new PublicClients(anonymousAccess, id -> true));
            return new Clients(methods);
        }

        private AuthorizationServerMetadata metadata(String base) {
            return new AuthorizationServerMetadata(
                    issuer,
                    Optional.empty(),
                    Optional.of(issuer.resolve(base + "/token")),
                    Optional.of(issuer.resolve(base + "/jwks")),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    List.of(),
                    List.of(Grant.PRE_AUTHORIZED_CODE),
                    scopes,
                    clients().methods(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    dpopPolicy == DpopPolicy.OFF ? List.of() : DpopProof.ALGORITHMS,
                    List.of(AuthorizationDetail.TYPE),
                    anonymousAccess,
                    false);
        }
    }
}
