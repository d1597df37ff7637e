package dev.intaglio.spring;

import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.issuer.spi.DialectProvider;
import dev.intaglio.issuer.spi.Dialects;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts other ways of speaking the protocol in front of the issuer, if a module on the class path brings them.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DialectProperties.class)
class DialectConfiguration {
    private static final String STRICT = "strict";

    @Bean
    @ConditionalOnMissingBean
    Dialects dialects(
            IssuerParts parts,
            CredentialIssuer issuer,
            AuthorizationServer authorization,
            AuthorizationServers servers,
            ObjectProvider<DialectCounter> counters) {
        return of(parts, issuer, authorization, servers, counters.stream().toList());
    }

    static Dialects of(
            IssuerParts parts,
            CredentialIssuer issuer,
            AuthorizationServer authorization,
            AuthorizationServers servers,
            List<DialectCounter> counters) {
        var properties = parts.settings().of(DialectProperties.class);
        var provider = ServiceLoader.load(DialectProvider.class, DialectProvider.class.getClassLoader())
                .findFirst();
        if (provider.isEmpty()) {
            if (!properties.drafts().equals(STRICT)) {
                throw new IllegalStateException("intaglio.drafts is " + properties.drafts()
                        + ", and no module on the class path knows any draft");
            }
            return Dialects.none();
        }
        try {
            return provider.get()
                    .open(
                            new DialectProvider.Settings(properties.drafts(), properties.draftSunsets()),
                            new DialectProvider.Surroundings(
                                    issuer,
                                    servers.own() ? Optional.of(authorization.metadata()) : Optional.empty(),
                                    parts.settings()
                                            .of(IntaglioProperties.class)
                                            .nonceLifetime(),
                                    parts.stores().database().dialectUses(),
                                    parts.stores().database().dialectTokens(),
                                    use -> counters.forEach(counter -> counter.count(use)),
                                    parts.clock(),
                                    new SecureRandom()));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalStateException("intaglio.drafts: " + wrong.getMessage(), wrong);
        }
    }
}
