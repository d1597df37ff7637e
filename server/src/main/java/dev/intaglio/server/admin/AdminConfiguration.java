package dev.intaglio.server.admin;

import dev.intaglio.issuer.spi.Dialects;
import dev.intaglio.spring.IntaglioProperties;
import java.io.IOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Puts the guard before the admin interface.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AdminProperties.class)
class AdminConfiguration {
    @Bean
    AdminToken adminToken(AdminProperties admin, IntaglioProperties properties) throws IOException {
        return AdminToken.of(admin, properties);
    }

    @Bean
    DialectLinks dialectLinks(Dialects dialects) {
        return new DialectLinks(dialects);
    }

    @Bean
    WebMvcConfigurer adminGuard(AdminToken token) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new AdminGuard(token));
            }
        };
    }
}
