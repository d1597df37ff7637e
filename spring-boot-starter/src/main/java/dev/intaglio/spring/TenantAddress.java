package dev.intaglio.spring;

import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.metadata.Identifiers;
import java.net.URI;
import java.util.Locale;

/// Where a tenant is, and how a request for it is recognised.
///
/// @param identifier its Credential Issuer Identifier
/// @param host the host it has for itself; empty for the main issuer's
/// @param path what its addresses begin with
record TenantAddress(URI identifier, String host, String path) {
    /// @throws IllegalArgumentException if the definition's issuer is no identifier, or the main issuer's
    static TenantAddress of(String name, TenantDefinition definition, IssuerIdentifier main) {
        if (definition.issuer().isPresent()) {
            return given(Identifiers.require("issuer", definition.issuer().get()), main);
        }
        return switch (definition.address()) {
            case PATH -> {
                var path = main.basePath() + "/" + name;
                yield new TenantAddress(URI.create(main.origin() + path), "", path);
            }
            case SUBDOMAIN -> {
                var host = name + "." + domain(main);
                var port = main.uri().getPort();
                var origin = main.uri().getScheme() + "://" + host + (port < 0 ? "" : ":" + port);
                yield new TenantAddress(URI.create(origin + main.basePath()), host, main.basePath());
            }
        };
    }

    private static TenantAddress given(URI issuer, IssuerIdentifier main) {
        var host = issuer.getHost().toLowerCase(Locale.ROOT);
        var path = WellKnown.basePath(issuer);
        if (host.equals(main.uri().getHost().toLowerCase(Locale.ROOT))) {
            var own = path.startsWith(main.basePath() + "/")
                    ? path.substring(main.basePath().length() + 1)
                    : "";
            if (own.isEmpty() || own.contains("/")) {
                throw new IllegalArgumentException(
                        "issuer is at the main issuer's host, where tenants have one segment of the path after "
                                + main.uri());
            }
            return new TenantAddress(issuer, "", path);
        }
        return new TenantAddress(issuer, host, path);
    }

    /// What subdomains are put before: an address in numbers has none, but `localhost` does.
    static String domain(IssuerIdentifier main) {
        var host = main.uri().getHost().toLowerCase(Locale.ROOT);
        return host.matches("[0-9.]+|\\[.*") ? "localhost" : host;
    }
}
