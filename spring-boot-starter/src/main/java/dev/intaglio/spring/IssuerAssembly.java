package dev.intaglio.spring;

import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.authorization.CodeFlow;
import dev.intaglio.authorization.client.ClientAuthentication;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.credential.HighAssurance;
import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.issuer.spi.AccessTokenVerifier;
import dev.intaglio.issuer.spi.IssuerStates;
import dev.intaglio.issuer.spi.PreAuthorizedCodes;
import dev.intaglio.protocol.metadata.IssuerDisplay;
import dev.intaglio.protocol.metadata.Logo;
import java.util.List;
import java.util.Optional;

/// Puts an issuer and its authorization server together, from its parts and settings: the main one and each tenant alike.
/// What issuers can do beyond that is an [IssuerFeature].
final class IssuerAssembly {
    private IssuerAssembly() {}

    /// @param users who asks the users who they are; without, there is no authorization code flow
    static AuthorizationServer authorizationServer(
            IssuerParts parts,
            AuthorizationSettings settings,
            AuthorizationServers servers,
            RegisteredClients clients,
            Optional<UserInteraction> users,
            List<ClientAuthentication> clientAuthentication) {
        var properties = settings.properties();
        var stores = parts.stores();
        var builder = AuthorizationServer.builder(
                        parts.identifier().uri(),
                        parts.keys(),
                        stores.preAuthorizedCodes(),
                        stores.replayGuard(),
                        parts.nonceKey().bytes())
                .scopes(parts.types().scopes())
                .registeredClients(clients)
                .publicClients(settings.publicClients())
                .anonymousAccess(settings.anonymousAccess())
                .anyAssertionAudience(properties.authorizationCode().anyAssertionAudience())
                .dpop(settings.dpop())
                .dpopNonces(properties.dpopNonces())
                .accessTokenLifetime(properties.accessTokenLifetime())
                .txCodeAttempts(properties.txCodeAttempts())
                .locationsRequired(!servers.published().isEmpty())
                .errors(parts.settings().of(DeveloperProperties.class).wording())
                .rateLimits(parts.settings().of(RateLimitProperties.class).limits(parts.clock()))
                .approvals(parts.handedClaims()::authorized)
                .clock(parts.clock());
        settings.attestations().ifPresent(builder::attestedClients);
        clientAuthentication.forEach(builder::clientAuthentication);
        if (servers.own() && properties.profile() == Profile.HAIP && users.isEmpty()) {
            throw new IllegalStateException(
                    "intaglio.profile=haip needs the authorization code flow (HAIP 4), and nothing"
                            + " here asks users who they are; provide a bean of the type "
                            + UserInteraction.class.getName());
        }
        users.ifPresent(asking -> builder.authorizationCode(codeFlow(parts, settings, asking)));
        return builder.build();
    }

    private static CodeFlow codeFlow(IssuerParts parts, AuthorizationSettings settings, UserInteraction asking) {
        var wanted = settings.properties().authorizationCode();
        var flow = CodeFlow.of(parts.stores().codeFlow(), asking, parts.types().requestable())
                .withInteractionLifetime(wanted.interactionLifetime());
        if (settings.pushedOnly()) {
            flow = flow.withPushedOnly();
        }
        if (!settings.pkceRequired()) {
            flow = flow.withOptionalPkce();
        }
        return wanted.refreshTokenLifetime().isZero() ? flow : flow.withRefreshTokens(wanted.refreshTokenLifetime());
    }

    /// An issuer without its features.
    static CredentialIssuer.Builder credentialIssuer(
            IssuerParts parts,
            AuthorizationServers servers,
            AccessTokenVerifier accessTokens,
            PreAuthorizedCodes codes,
            Optional<IssuerStates> issuerStates) {
        var properties = parts.settings().of(IntaglioProperties.class);
        var authorization = parts.settings().of(AuthorizationProperties.class);
        var stores = parts.stores();
        var builder = CredentialIssuer.builder(
                        parts.identifier().uri(),
                        parts.types().definitions(),
                        parts.keys(),
                        parts.nonceKey().bytes())
                .handedClaims(parts.handedClaims())
                .datasets(parts.handedClaims().before(parts.datasets()))
                .authorizationServers(servers.published())
                .accessTokens(unlessRevoked(accessTokens, stores))
                .preAuthorizedCodes(codes)
                .stores(stores.offers(), stores.issuances(), stores.replayGuard())
                .display(display(properties))
                .batchSize(properties.batchSize())
                .dpopNonces(authorization.dpopNonces())
                .nonceLifetime(properties.nonceLifetime())
                .formats(parts.formats())
                .errors(parts.settings().of(DeveloperProperties.class).wording())
                .clock(parts.clock());
        issuerStates.ifPresent(builder::issuerStates);
        if (authorization.profile() == Profile.HAIP) {
            HaipDemands.check(parts.keys());
            parts.types().definitions().stream()
                    .flatMap(definition -> definition.configurations().stream())
                    .forEach(HighAssurance::check);
            builder.offerEndpoint("haip-vci://"); // HAIP 4.2
        }
        return builder;
    }

    /// Tokens of another server, and of ours without a code flow, are good until they expire; those of a subject who was erased
    /// end here.
    private static AccessTokenVerifier unlessRevoked(AccessTokenVerifier verifier, IssuerStores stores) {
        var revocations = stores.codeFlow().revocations();
        return token -> verifier.verify(token).filter(good -> !revocations.revoked(good.authorizationId()));
    }

    private static List<IssuerDisplay> display(IntaglioProperties properties) {
        if (properties.display().isEmpty()) {
            return List.of(new IssuerDisplay(Optional.of("Intaglio"), Optional.empty(), Optional.empty()));
        }
        return properties.display().stream()
                .map(name -> new IssuerDisplay(
                        Optional.of(name.name()),
                        name.locale(),
                        name.logo().map(uri -> new Logo(uri, name.logoText()))))
                .toList();
    }
}
