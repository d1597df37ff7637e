package dev.intaglio.spring;

import dev.intaglio.storage.jdbc.tenant.Tenant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All tenants as they were read last, by name and by address.
final class TenantDirectory {
    private static final String WELL_KNOWN = "/.well-known/";

    private final String mainPath;
    private final String subdomains;
    private final Map<String, Tenant> byName = new HashMap<>();
    private final Map<String, Tenant> byPath = new HashMap<>();
    private final Map<String, List<Tenant>> byHost = new HashMap<>();

    TenantDirectory(IssuerIdentifier main, List<Tenant> tenants) {
        mainPath = main.basePath();
        subdomains = "." + TenantAddress.domain(main);
        for (var tenant : tenants) {
            byName.put(tenant.name(), tenant);
            if (tenant.host().isEmpty()) {
                byPath.put(tenant.path(), tenant);
            } else {
                byHost.computeIfAbsent(tenant.host(), host -> new ArrayList<>()).add(tenant);
            }
        }
    }

    Optional<Tenant> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// Whose request it is.
    sealed interface Match {
        record Main() implements Match {}

        record Of(Tenant tenant) implements Match {}

        /// It is at an address where only tenants are, and there is none.
        record Nobody() implements Match {}
    }

    /// @param host as the client addressed us, without a port
    Match match(String host, String path) {
        if (byName.isEmpty()) {
            return new Match.Main();
        }
        var name = host.toLowerCase(Locale.ROOT);
        var own = ownPath(path);
        var there = byHost.get(name);
        if (there != null) {
            return there.stream()
                    .filter(tenant -> under(tenant.path(), own))
                    .findFirst()
                    .<Match>map(Match.Of::new)
                    .orElse(new Match.Nobody());
        }
        if (name.endsWith(subdomains)) {
            return new Match.Nobody();
        }
        return Optional.ofNullable(byPath.get(firstSegment(own)))
                .<Match>map(Match.Of::new)
                .orElse(new Match.Main());
    }

    /// For a well-known document, the path of the issuer it is about (§12.2.2).
    private static String ownPath(String path) {
        if (!path.startsWith(WELL_KNOWN)) {
            return path;
        }
        var end = path.indexOf('/', WELL_KNOWN.length());
        return end < 0 ? "" : path.substring(end);
    }

    private static boolean under(String base, String path) {
        return path.startsWith(base) && (path.length() == base.length() || path.charAt(base.length()) == '/');
    }

    private String firstSegment(String path) {
        if (!under(mainPath, path)) {
            return "";
        }
        var end = path.indexOf('/', mainPath.length() + 1);
        return end < 0 ? path : path.substring(0, end);
    }
}
