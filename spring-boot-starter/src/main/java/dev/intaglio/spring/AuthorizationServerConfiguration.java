package dev.intaglio.spring;

import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.authorization.client.ClientAuthentication;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.authorization.store.CodeFlowStores;
import dev.intaglio.authorization.store.PreAuthorizedCodes;
import dev.intaglio.storage.jdbc.JdbcStorage;
import java.io.IOException;
import java.util.Optional;
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
    AuthorizationSettings authorizationSettings(
            AuthorizationProperties properties, AttestationStatuses attestationStatuses) throws IOException {
        return AuthorizationSettings.of(properties, attestationStatuses);
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
            IssuerParts parts,
            AuthorizationSettings settings,
            AuthorizationServers servers,
            RegisteredClients clients,
            ObjectProvider<UserInteraction> userInteraction,
            ObjectProvider<ClientAuthentication> clientAuthentication) {
        return IssuerAssembly.authorizationServer(
                parts,
                settings,
                servers,
                clients,
                Optional.ofNullable(userInteraction.getIfAvailable()),
                clientAuthentication.orderedStream().toList());
    }
}
