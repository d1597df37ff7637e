package dev.intaglio.server.admin;

import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.spring.IntaglioProperties;
import dev.intaglio.spring.IssuerAtHand;
import dev.intaglio.spring.IssuerFeature;
import dev.intaglio.spring.IssuerIdentifier;
import dev.intaglio.spring.TenantAdministration;
import dev.intaglio.storage.jdbc.JdbcStorage;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Puts before the admin interface what all of it has in common: who may, once means once, problems, a port.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AdminProperties.class)
class AdminConfiguration {
    @Bean
    AdminToken adminToken(AdminProperties admin, IntaglioProperties properties) throws IOException {
        return AdminToken.of(admin, properties);
    }

    @Bean
    AdminCallers adminCallers(
            AdminToken token,
            AdminProperties admin,
            IssuerIdentifier identifier,
            IssuerAtHand issuers,
            TenantAdministration tenants,
            Clock clock) {
        var transport = JdkTransport.create();
        return new AdminCallers(
                token,
                AdminTokens.of(admin.oauth(), identifier, transport, clock),
                issuers::of,
                tenant -> tenant.keep(AdminTokens.class, kept -> AdminTokens.of(kept.parts(), transport)),
                tenants::opens);
    }

    /// So that a tenant with a wrong setting is refused, and not its first caller.
    @Bean
    IssuerFeature adminOfTenants() {
        return (issuer, parts) -> parts.settings().of(AdminOAuth.class);
    }

    @Bean
    WebMvcConfigurer adminGuard(AdminCallers callers, IssuerIdentifier identifier) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new AdminGuard(callers));
            }

            @Override
            public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
                resolvers.addFirst(new AdminProblems(path(identifier), false));
                resolvers.addLast(new AdminProblems(path(identifier), true));
            }
        };
    }

    @Bean
    FilterRegistrationBean<IdempotentAnswers> idempotentAnswers(
            AdminCallers callers,
            AdminProperties admin,
            IssuerIdentifier identifier,
            JdbcStorage storage,
            Clock clock) {
        return new FilterRegistrationBean<>(new IdempotentAnswers(
                path(identifier),
                callers,
                storage.idempotentAnswers(),
                admin.idempotencyRetention(),
                clock,
                new SecureRandom()));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatWebServerFactory> adminPort(AdminProperties admin, IntaglioProperties properties) {
        var base = properties
                .issuer()
                .map(uri -> uri.getRawPath().replaceFirst("/$", ""))
                .orElse("");
        return factory ->
                admin.port().ifPresent(port -> AdminPort.open(factory, port, admin.address(), base + "/admin"));
    }

    private static String path(IssuerIdentifier identifier) {
        return identifier.basePath() + "/admin";
    }
}
