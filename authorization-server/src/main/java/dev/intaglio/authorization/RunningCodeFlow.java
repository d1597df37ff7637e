package dev.intaglio.authorization;

import dev.intaglio.authorization.authorize.AuthorizationEndpoint;
import dev.intaglio.authorization.authorize.RequestChecks;
import dev.intaglio.authorization.client.Clients;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.grant.AuthorizationCodeGrant;
import dev.intaglio.authorization.grant.IssuerStates;
import dev.intaglio.authorization.grant.RefreshTokenGrant;
import dev.intaglio.authorization.grant.RequestableCredentials;
import dev.intaglio.authorization.grant.Revocation;
import dev.intaglio.authorization.interaction.ApprovalListener;
import dev.intaglio.authorization.interaction.Interactions;
import dev.intaglio.authorization.par.PushedAuthorizationRequestEndpoint;
import dev.intaglio.authorization.token.DpopPolicy;
import dev.intaglio.protocol.dpop.DpopVerifier;
import dev.intaglio.protocol.http.Router;
import dev.intaglio.protocol.oauth.Wording;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// The parts of the authorization code flow, put together.
final class RunningCodeFlow {
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private final CodeFlow settings;
    private final Revocation revocation;
    private final IssuerStates offers;
    private final RequestChecks checks;
    private final Optional<RefreshTokenGrant> refreshTokens;
    private final AuthorizationCodeGrant codes;
    private final Interactions interactions;

    RunningCodeFlow(
            CodeFlow settings,
            URI issuer,
            URI credentialIssuer,
            boolean locationsRequired,
            RegisteredClients clients,
            DpopPolicy dpopPolicy,
            Duration accessTokenLifetime,
            Wording wording,
            ApprovalListener approvals,
            Clock clock,
            SecureRandom random) {
        this.settings = settings;
        var tokensLive = AuthorizationCodeGrant.LIFETIME
                .plus(settings.refreshTokenLifetime().orElse(Duration.ZERO))
                .plus(accessTokenLifetime)
                .plus(CLOCKS_APART);
        var stores = settings.stores();
        revocation = new Revocation(stores.revocations(), tokensLive, clock);
        var credentials = new RequestableCredentials(settings.credentials(), credentialIssuer, locationsRequired);
        offers = new IssuerStates(stores.offers(), credentials, clock, random);
        checks = new RequestChecks(clients, offers, settings.pkceRequired(), dpopPolicy);
        refreshTokens = settings.refreshTokenLifetime()
                .map(lifetime -> new RefreshTokenGrant(
                        stores.refreshTokens(), credentials, revocation, lifetime, clock, random));
        codes = new AuthorizationCodeGrant(stores.codes(), credentials, refreshTokens, revocation, clock, random);
        interactions = new Interactions(
                issuer,
                stores.requests(),
                offers,
                codes,
                settings.interactionLifetime(),
                wording,
                approvals,
                clock,
                random);
    }

    void addRoutes(Router.Builder routes, String base, Clients clients, DpopPolicy dpopPolicy, DpopVerifier dpop) {
        routes.get(
                base + "/authorize",
                new AuthorizationEndpoint(checks, interactions, settings.userInteraction(), settings.pushedOnly()));
        routes.post(
                base + "/par", new PushedAuthorizationRequestEndpoint(clients, checks, dpopPolicy, dpop, interactions));
    }

    AuthorizationCodeGrant codes() {
        return codes;
    }

    Optional<RefreshTokenGrant> refreshTokens() {
        return refreshTokens;
    }

    IssuerStates offers() {
        return offers;
    }

    Interactions interactions() {
        return interactions;
    }

    Revocation revocation() {
        return revocation;
    }
}
