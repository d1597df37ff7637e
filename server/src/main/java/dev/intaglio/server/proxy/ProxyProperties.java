package dev.intaglio.server.proxy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The proxies before this server.
///
/// @param trustedProxies Addresses, or ranges such as 10.0.0.0/8, of the proxies whose X-Forwarded-For, X-Forwarded-Proto and
///     Forwarded headers are believed: they tell the client's address and whether it came by https. By default nobody's.
@ConfigurationProperties("intaglio")
public record ProxyProperties(List<String> trustedProxies) {
    public ProxyProperties {
        trustedProxies = orEmpty(trustedProxies);
    }

    private static List<String> orEmpty(@Nullable List<String> bound) {
        return bound == null ? List.of() : List.copyOf(bound);
    }
}
