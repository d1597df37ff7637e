package dev.intaglio.server.tls;

import dev.intaglio.keys.development.DevelopmentTls;
import dev.intaglio.spring.IntaglioProperties;
import dev.intaglio.spring.IssuerIdentifier;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Turns the settings into Spring Boot's "SSL bundle" and Tomcat's connectors.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TlsProperties.class)
class TlsConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(TlsConfiguration.class);

    /// Names and addresses of this machine.
    private static final List<String> HERE = List.of("localhost", "127.0.0.1", "[::1]");

    @Bean
    @ConditionalOnProperty(name = TlsSwitch.BUNDLE_SETTING, havingValue = TlsReload.BUNDLE)
    TlsReload tlsReload(TlsProperties tls, IntaglioProperties properties, IssuerIdentifier issuer, Clock clock)
            throws IOException {
        return new TlsReload(files(tls, properties, issuer, clock), tls.checkInterval(), clock);
    }

    private static TlsFiles files(
            TlsProperties tls, IntaglioProperties properties, IssuerIdentifier issuer, Clock clock) throws IOException {
        if (tls.pkcs12().isPresent()) {
            return new TlsFiles.Pkcs12(
                    Path.of(tls.pkcs12().get()), tls.password().orElse(""), tls.alias());
        }
        if (tls.certificate().isPresent()) {
            var certificate = tls.certificate().get();
            return new TlsFiles.Pem(
                    Path.of(certificate), Path.of(tls.privateKey().orElse(certificate)), tls.password());
        }
        var hosts = new LinkedHashSet<>(HERE);
        hosts.add(issuer.uri().getHost());
        var made = DevelopmentTls.loadOrCreate(properties.data(), List.copyOf(hosts), clock, new SecureRandom());
        LOG.warn("TLS with a development certificate: clients have to trust {}", made.authority());
        return new TlsFiles.Pem(made.server(), made.server(), tls.password());
    }

    @Bean
    WebServerFactoryCustomizer<TomcatWebServerFactory> tlsConnectors(
            TlsProperties tls, IssuerIdentifier issuer, SslBundles bundles) {
        return factory -> {
            if (bundles.getBundleNames().contains(TlsReload.BUNDLE)) {
                factory.addConnectorCustomizers(connector -> {
                    preferOurs(connector);
                    // Spring Boot replaces Tomcat's settings first: it was there before us.
                    bundles.addBundleUpdateHandler(TlsReload.BUNDLE, updated -> preferOurs(connector));
                });
                if (tls.plainPort() != 0) {
                    PlainPort.open(factory, tls.plainPort(), issuer.basePath());
                }
            }
            if (issuer.uri().getScheme().equals("https")
                    && !issuer.loopback()
                    && tls.strictTransport().isPositive()) {
                factory.addEngineValves(new StrictTransport(tls.strictTransport()));
            }
        };
    }

    /// Of the cipher suites that the client knows, the first in our order, not in its.
    private static void preferOurs(Connector connector) {
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
            for (var host : protocol.findSslHostConfigs()) {
                host.setHonorCipherOrder(true);
            }
        }
    }
}
