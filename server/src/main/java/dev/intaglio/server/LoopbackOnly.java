package dev.intaglio.server;

import dev.intaglio.spring.IssuerIdentifier;
import java.net.InetAddress;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/// An issuer that only wallets on this machine can use is not offered to the network either, unless `server.address` says so.
@Component
final class LoopbackOnly implements WebServerFactoryCustomizer<ConfigurableWebServerFactory> {
    private final IssuerIdentifier issuer;
    private final ServerProperties properties;

    LoopbackOnly(IssuerIdentifier issuer, ServerProperties properties) {
        this.issuer = issuer;
        this.properties = properties;
    }

    @Override
    public void customize(ConfigurableWebServerFactory factory) {
        if (issuer.loopback() && properties.getAddress() == null) {
            factory.setAddress(InetAddress.getLoopbackAddress());
        }
    }
}
