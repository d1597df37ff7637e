package dev.intaglio.credential;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/// The formats credentials can be made in, by their Credential Format Identifier. Definitions name formats without
/// knowing them; here each of their words meets the format that knows what it means.
public final class CredentialFormats {
    private final Map<String, CredentialFormat> byIdentifier;

    private CredentialFormats(Map<String, CredentialFormat> byIdentifier) {
        this.byIdentifier = Collections.unmodifiableMap(byIdentifier);
    }

    /// @throws IllegalArgumentException if two formats have one identifier
    public static CredentialFormats of(CredentialFormat... formats) {
        return of(List.of(formats));
    }

    /// @throws IllegalArgumentException if two formats have one identifier
    public static CredentialFormats of(Collection<? extends CredentialFormat> formats) {
        var byIdentifier = new LinkedHashMap<String, CredentialFormat>();
        for (var format : formats) {
            if (byIdentifier.put(format.identifier(), format) != null) {
                throw new IllegalArgumentException("two formats are called " + format.identifier());
            }
        }
        return new CredentialFormats(byIdentifier);
    }

    /// Those of every [CredentialFormatProvider] there is.
    ///
    /// @param random for salts
    public static CredentialFormats onClassPath(SecureRandom random) {
        return of(providers().stream()
                .flatMap(provider -> provider.formats(random).stream())
                .toList());
    }

    /// By the loader of this class, not the thread's: which formats there are does not depend on who asks.
    static List<CredentialFormatProvider> providers() {
        return ServiceLoader.load(CredentialFormatProvider.class, CredentialFormats.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /// These formats, of which the given ones replace those of the same identifier.
    public CredentialFormats with(Collection<? extends CredentialFormat> formats) {
        var all = new LinkedHashMap<>(byIdentifier);
        all.putAll(of(formats).byIdentifier);
        return new CredentialFormats(all);
    }

    public Set<String> identifiers() {
        return byIdentifier.keySet();
    }

    public Optional<CredentialFormat> find(String identifier) {
        return Optional.ofNullable(byIdentifier.get(identifier));
    }

    /// The format a configuration names.
    ///
    /// @throws CredentialDefinitionException naming the formats there are, if it is none of them
    public CredentialFormat of(FormatConfiguration configuration) {
        return find(configuration.format())
                .orElseThrow(() -> configuration.error("there is no format `" + configuration.format()
                        + "` here; the formats are " + String.join(", ", identifiers())));
    }

    /// Whether every format of the definition is there and can do what the definition asks of it.
    ///
    /// @return the definition
    /// @throws CredentialDefinitionException naming file and line of what cannot be used
    public CredentialDefinition check(CredentialDefinition definition) {
        definition.configurations().forEach(configuration -> check(definition, configuration));
        return definition;
    }

    /// The same of one format of the definition.
    ///
    /// @return the format
    /// @throws CredentialDefinitionException naming file and line of what cannot be used
    public CredentialFormat check(CredentialDefinition definition, FormatConfiguration configuration) {
        var format = of(configuration);
        format.check(definition, configuration);
        definition.status().ifPresent(status -> status.of(format, configuration));
        return format;
    }
}
