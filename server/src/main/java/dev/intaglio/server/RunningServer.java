package dev.intaglio.server;

import dev.intaglio.server.admin.AdminToken;
import dev.intaglio.spring.IssuerIdentifier;
import java.net.URI;
import java.util.Objects;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// A server that was started, until it is closed.
public final class RunningServer implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    RunningServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /// Where it listens on this machine. The same as the issuer, unless `intaglio.issuer` says otherwise.
    public URI address() {
        var server = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
        var scheme = Ssl.isEnabled(context.getBean(ServerProperties.class).getSsl()) ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + server.getPort());
    }

    /// All it is made of, for tests.
    ConfigurableApplicationContext context() {
        return context;
    }

    /// The Credential Issuer Identifier.
    public URI issuer() {
        return context.getBean(IssuerIdentifier.class).uri();
    }

    /// What opens the admin interface.
    public String adminToken() {
        return context.getBean(AdminToken.class).value();
    }

    /// Stops the server when the requests at hand are answered.
    @Override
    public void close() {
        context.close();
    }
}
