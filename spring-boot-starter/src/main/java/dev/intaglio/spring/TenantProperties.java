package dev.intaglio.spring;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Credential Issuers beside the main one, which are made by the admin interface.
///
/// @param kept How many of them stay assembled in memory; the others are assembled when a request comes for them.
/// @param refresh How soon this node learns what another node changed.
/// @param defaults What is set for tenants whose definition does not set it, by the names of this reference without intaglio.
/// @param values What ${name} stands for in the definitions of tenants: tokens and passwords that shall not be in them.
@ConfigurationProperties("intaglio.tenants")
public record TenantProperties(
        @DefaultValue("500") int kept,
        @DefaultValue("2s") Duration refresh,
        Map<String, String> defaults,
        Map<String, String> values) {
    public TenantProperties {
        defaults = orEmpty(defaults);
        values = orEmpty(values);
        if (kept < 1) {
            throw new IllegalArgumentException("intaglio.tenants.kept is at least 1");
        }
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> bound) {
        return bound == null ? Map.of() : new LinkedHashMap<>(bound);
    }

    /// Without the values.
    @Override
    public String toString() {
        return "TenantProperties[kept=" + kept + ", refresh=" + refresh + "]";
    }
}
