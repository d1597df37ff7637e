package dev.intaglio.spring;

import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.metadata.Identifiers;
import java.net.URI;
import java.util.Optional;

/// The Credential Issuer Identifier of this application (§12.2.1).
public record IssuerIdentifier(URI uri) {
    private static final String PORT = "8080";

    public IssuerIdentifier {
        Identifiers.require("intaglio.issuer", uri);
    }

    /// @param port the server's; by default 8080
    /// @param tls whether the server speaks TLS itself
    static IssuerIdentifier of(IntaglioProperties properties, Optional<String> port, boolean tls) {
        if (properties.issuer().isEmpty() && port.filter("0"::equals).isPresent()) {
            throw new IllegalStateException(
                    "set intaglio.issuer when server.port is 0: the metadata must name the port");
        }
        return new IssuerIdentifier(properties
                .issuer()
                .orElseGet(() -> URI.create((tls ? "https" : "http") + "://127.0.0.1:" + port.orElse(PORT))));
    }

    /// The path all our addresses begin with; empty for none. Well-known documents are elsewhere.
    public String basePath() {
        return WellKnown.basePath(uri);
    }

    /// Scheme and authority.
    public String origin() {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /// Whether only this machine can reach it.
    public boolean loopback() {
        return Identifiers.loopback(uri);
    }
}
