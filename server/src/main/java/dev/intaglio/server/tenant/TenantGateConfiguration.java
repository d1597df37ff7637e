package dev.intaglio.server.tenant;

import dev.intaglio.spring.IssuerAtHand;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Puts the gate before everything else.
@Configuration(proxyBeanMethods = false)
class TenantGateConfiguration {
    @Bean
    WebMvcConfigurer tenantGate(IssuerAtHand issuers) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new TenantGate(issuers)).order(Ordered.HIGHEST_PRECEDENCE);
            }
        };
    }
}
