package dev.intaglio.protocol.metadata;

import java.net.URI;

/// What the standards ask of an identifier that is a URL: https, a host, neither query nor fragment (§12.2.1, RFC 8414
/// section 2). `http` is let through for loopback hosts alone, where there is nobody to listen.
public final class Identifiers {
    private Identifiers() {}

    /// @throws IllegalArgumentException if it is none
    public static URI require(String name, URI identifier) {
        requireAddress(name, identifier);
        if (identifier.getRawQuery() != null) {
            throw new IllegalArgumentException(name + " has a query");
        }
        return identifier;
    }

    /// An endpoint: as an identifier, but it may have a query.
    ///
    /// @throws IllegalArgumentException if it is none
    public static URI requireAddress(String name, URI address) {
        if (address.getHost() == null || address.getScheme() == null) {
            throw new IllegalArgumentException(name + " is not an https URL with a host");
        }
        if (!address.getScheme().equals("https")
                && !(address.getScheme().equals("http") && loopback(address.getHost()))) {
            throw new IllegalArgumentException(name + " is not https (http is accepted on loopback hosts only)");
        }
        if (address.getRawFragment() != null || address.getRawUserInfo() != null) {
            throw new IllegalArgumentException(name + " has a fragment or user information");
        }
        return address;
    }

    /// Whether the host of an address is this machine, as seen from it.
    public static boolean loopback(URI address) {
        return address.getHost() != null && loopback(address.getHost());
    }

    private static boolean loopback(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.matches("127(\\.\\d{1,3}){3}")
                || host.equals("[::1]");
    }
}
