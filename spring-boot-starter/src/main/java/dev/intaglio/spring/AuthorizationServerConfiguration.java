package dev.intaglio.spring;

import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.authorization.CodeFlow;
import dev.intaglio.authorization.client.ClientAuthentication;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.authorization.store.CodeFlowStores;
import dev.intaglio.authorization.store.PreAuthorizedCodes;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.protocol.dpop.ReplayGuard;
import dev.intaglio.storage.jdbc.JdbcStorage;
import java.io.IOException;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Builds the authorization server. It has the authorization code flow if the application has a [UserInteraction]: somebody
/// must ask the users who they are.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuthorizationProperties.class)
class AuthorizationServerConfiguration {
    @Bean
    @ConditionalOnMissingBean
    AuthorizationSettings authorizationSettings(AuthorizationProperties properties) throws IOException {
        return AuthorizationSettings.of(properties);
    }

    @Bean
    @ConditionalOnMissingBean
    PreAuthorizedCodes preAuthorizedCodeStore(JdbcStorage storage) {
        return storage.preAuthorizedCodes();
    }

    @Bean
    @ConditionalOnMissingBean
    CodeFlowStores codeFlowStores(JdbcStorage storage) {
        return storage.codeFlow();
    }

    @Bean
    @ConditionalOnMissingBean
    RegisteredClients registeredClients(AuthorizationSettings settings) {
        return RegisteredClients.of(settings.clients());
    }

    @Bean
    @ConditionalOnMissingBean
    AuthorizationServer authorizationServer(
            AuthorizationSettings settings,
            IssuerIdentifier issuer,
            CredentialTypes types,
            KeyRing keys,
            PreAuthorizedCodes codes,
            CodeFlowStores codeFlow,
            RegisteredClients clients,
            ReplayGuard replayGuard,
            NonceKey nonceKey,
            Clock clock,
            AuthorizationServers servers,
            ObjectProvider<UserInteraction> userInteraction,
            ObjectProvider<ClientAuthentication> clientAuthentication) {
        var properties = settings.properties();
        var builder = AuthorizationServer.builder(issuer.uri(), keys, codes, replayGuard, nonceKey.bytes())
                .scopes(types.scopes())
                .registeredClients(clients)
                .publicClients(settings.publicClients())
                .anonymousAccess(settings.anonymousAccess())
                .anyAssertionAudience(properties.authorizationCode().anyAssertionAudience())
                .dpop(settings.dpop())
                .dpopNonces(properties.dpopNonces())
                .accessTokenLifetime(properties.accessTokenLifetime())
                .txCodeAttempts(properties.txCodeAttempts())
                .locationsRequired(!servers.published().isEmpty())
                .clock(clock);
        settings.attestations().ifPresent(builder::attestedClients);
        clientAuthentication.orderedStream().forEach(builder::clientAuthentication);
        if (servers.own()
                && properties.profile() == Profile.HAIP
                && userInteraction.stream().findAny().isEmpty()) {
            throw new IllegalStateException(
                    "intaglio.profile=haip needs the authorization code flow (HAIP 4), and nothing"
                            + " here asks users who they are; provide a bean of the type "
                            + UserInteraction.class.getName());
        }
        userInteraction.ifAvailable(asking -> builder.authorizationCode(codeFlow(settings, codeFlow, asking, types)));
        return builder.build();
    }

    private static CodeFlow codeFlow(
            AuthorizationSettings settings, CodeFlowStores stores, UserInteraction asking, CredentialTypes types) {
        var wanted = settings.properties().authorizationCode();
        var flow =
                CodeFlow.of(stores, asking, types.requestable()).withInteractionLifetime(wanted.interactionLifetime());
        if (settings.pushedOnly()) {
            flow = flow.withPushedOnly();
        }
        if (!settings.pkceRequired()) {
            flow = flow.withOptionalPkce();
        }
        return wanted.refreshTokenLifetime().isZero() ? flow : flow.withRefreshTokens(wanted.refreshTokenLifetime());
    }
}
