package dev.intaglio.server;

import dev.intaglio.spring.IntaglioProperties;
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
    private final IntaglioProperties settings;
    private final ServerProperties properties;

    LoopbackOnly(IssuerIdentifier issuer, IntaglioProperties settings, ServerProperties properties) {
        this.issuer = issuer;
        this.settings = settings;
        this.properties = properties;
    }

    @Override
    public void customize(ConfigurableWebServerFactory factory) {
        if (properties.getAddress() == null && (overHttp() || nameless())) {
            factory.setAddress(InetAddress.getLoopbackAddress());
        }
    }

    /// Which an identifier may be on loopback hosts alone.
    private boolean overHttp() {
        return issuer.uri().getScheme().equals("http");
    }

    /// It has the address of this machine because it was given none.
    private boolean nameless() {
        return settings.issuer().isEmpty() && issuer.loopback();
    }
}
