package dev.intaglio.spring;

import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// All that makes a tenant: where it is, what is set for it, and the files its settings name as `${here}/...`.
///
/// @param address where under the main issuer's address, unless there is an identifier
/// @param issuer the Credential Issuer Identifier, if it is to be another than the address gives
/// @param settings by the names of the configuration reference, without `intaglio.`
/// @param files texts by their names; `types/`, `claims.json` and `trust/` are found without being named
public record TenantDefinition(Address address, Optional<URI> issuer, JsonObject settings, Map<String, String> files) {
    private static final Set<String> MEMBERS = Set.of("address", "issuer", "settings", "files");
    private static final Pattern FILE =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*){0,3}");
    private static final int MOST_FILES = 200;

    /// Where a tenant is, seen from the main issuer.
    public enum Address {
        /// `https://host/tenant`
        PATH,
        /// `https://tenant.host`
        SUBDOMAIN
    }

    public TenantDefinition {
        files = Map.copyOf(files);
        if (files.size() > MOST_FILES) {
            throw new IllegalArgumentException("there are more than " + MOST_FILES + " files");
        }
        files.forEach((name, content) -> {
            if (!FILE.matcher(name).matches()) {
                throw new IllegalArgumentException("a file's name is made of letters, digits, dots, dashes and at most"
                        + " three slashes; this is none: " + name);
            }
            if (content.contains("PRIVATE KEY-----")) {
                throw new IllegalArgumentException("the file " + name + " has a private key; definitions are kept and"
                        + " exported, so name a file of the server instead: keys.pem or keys.pkcs12");
            }
        });
    }

    /// @throws IllegalArgumentException saying what is wrong
    public static TenantDefinition read(JsonObject json) {
        for (var member : json.members().keySet()) {
            if (!MEMBERS.contains(member)) {
                throw new IllegalArgumentException("there is no " + member + " in a definition; there are "
                        + MEMBERS.stream().sorted().toList());
            }
        }
        var files = new LinkedHashMap<String, String>();
        json.optionalObject("files")
                .ifPresent(texts -> texts.members().keySet().forEach(name -> files.put(name, texts.string(name))));
        return new TenantDefinition(
                address(json.optionalString("address").orElse("path")),
                json.optionalString("issuer").map(URI::create),
                json.optionalObject("settings").orElse(JsonObject.empty()),
                files);
    }

    private static Address address(String text) {
        for (var address : Address.values()) {
            if (address.name().toLowerCase(Locale.ROOT).equals(text)) {
                return address;
            }
        }
        throw new IllegalArgumentException("address is path or subdomain");
    }

    /// Its settings one by one, with their whole names.
    Map<String, Object> properties() {
        var properties = new LinkedHashMap<String, Object>();
        flatten("intaglio", settings.members(), properties);
        return properties;
    }

    private static void flatten(String name, @Nullable Object value, Map<String, Object> properties) {
        switch (value) {
            case null -> properties.put(name, "");
            case Map<?, ?> members -> members.forEach((member, each) -> flatten(name + "." + member, each, properties));
            case List<?> elements -> {
                for (var i = 0; i < elements.size(); i++) {
                    flatten(name + "[" + i + "]", elements.get(i), properties);
                }
            }
            default -> properties.put(name, String.valueOf(value));
        }
    }

    /// Without what is set.
    @Override
    public String toString() {
        return "TenantDefinition[" + address + ", " + files.keySet() + "]";
    }
}
