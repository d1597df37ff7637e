package dev.intaglio.server.proxy;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Looks at what proxies say if any are trusted.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProxyProperties.class)
class ProxyConfiguration {
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> trustedProxies(ProxyProperties properties) {
        return factory -> {
            if (!properties.trustedProxies().isEmpty()) {
                factory.addEngineValves(new TrustedProxies(new Addresses(properties.trustedProxies())));
            }
        };
    }
}
