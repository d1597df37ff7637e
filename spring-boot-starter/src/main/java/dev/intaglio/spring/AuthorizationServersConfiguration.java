package dev.intaglio.spring;

import java.io.IOException;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Which authorization servers there are.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuthorizationServersProperties.class)
class AuthorizationServersConfiguration {
    @Bean
    @ConditionalOnMissingBean
    AuthorizationServers authorizationServers(
            AuthorizationServersProperties properties, IssuerIdentifier issuer, CredentialTypes types, Clock clock)
            throws IOException {
        return AuthorizationServers.of(properties, issuer, types.claimsOfSignIns(), clock);
    }
}
