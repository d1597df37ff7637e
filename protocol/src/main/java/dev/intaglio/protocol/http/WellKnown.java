package dev.intaglio.protocol.http;

import java.net.URI;

/// Addresses of well-known documents: the suffix is inserted between host and path of an identifier (§12.2.2, RFC 8414
/// section 3.1), so `https://h/tenant` becomes `https://h/.well-known/suffix/tenant`.
public final class WellKnown {
    private WellKnown() {}

    public static URI address(URI identifier, String suffix) {
        return identifier.resolve(path(identifier, suffix));
    }

    public static String path(URI identifier, String suffix) {
        return "/.well-known/" + suffix + basePath(identifier);
    }

    /// The path of an identifier without its terminating slash; empty for none.
    public static String basePath(URI identifier) {
        var path = identifier.getRawPath();
        if (path == null || path.isEmpty()) {
            return "";
        }
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
