package dev.intaglio.spring;

import dev.intaglio.issuer.rotation.RotatingKeyRing;
import dev.intaglio.issuer.rotation.RotatingKeyRing.KeySource;
import dev.intaglio.issuer.store.KeyStates;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.development.DevelopmentKeys;
import dev.intaglio.keys.file.PemKeys;
import dev.intaglio.keys.file.Pkcs12Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// The key ring the properties describe.
final class ConfiguredKeys {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredKeys.class);

    /// How old what a node knows of the states of keys may be.
    private static final Duration STATES_AGE = Duration.ofSeconds(5);

    private ConfiguredKeys() {}

    /// One after the other, as the states of an issuer's keys say.
    ///
    /// @param tenant its name; empty for the main issuer
    static KeyRing rotating(
            IntaglioProperties properties, String tenant, IssuerIdentifier issuer, KeyStates states, Clock clock) {
        return new RotatingKeyRing(source(properties, tenant, issuer, clock), states, clock, STATES_AGE);
    }

    /// The same again and again, as the files change.
    private static KeySource source(
            IntaglioProperties properties, String tenant, IssuerIdentifier issuer, Clock clock) {
        var keys = properties.keys();
        var files = new ArrayList<Path>();
        keys.pkcs12().map(Path::of).ifPresent(files::add);
        keys.pem().stream().map(Path::of).forEach(files::add);
        if (files.isEmpty()) {
            files.add(properties.data().resolve("development-keys.p12"));
            files.add(properties.data().resolve("development-keys-more.p12"));
        }
        return new ReloadedKeys(files, () -> of(properties, tenant, issuer, clock));
    }

    /// Whether we make the keys ourselves.
    static boolean development(IntaglioProperties properties) {
        return properties.keys().pkcs12().isEmpty() && properties.keys().pem().isEmpty();
    }

    static KeyRing of(IntaglioProperties properties, String tenant, IssuerIdentifier issuer, Clock clock)
            throws IOException {
        var keys = properties.keys();
        if (keys.pkcs12().isPresent() && !keys.pem().isEmpty()) {
            throw new IllegalStateException("keys come from intaglio.keys.pkcs12 or intaglio.keys.pem, not from both");
        }
        if (keys.pkcs12().isPresent()) {
            return pkcs12(keys, Path.of(keys.pkcs12().get()));
        }
        if (!keys.pem().isEmpty()) {
            return pem(keys.pem());
        }
        // Of many tenants this would be said too often.
        LOG.atLevel(tenant.isEmpty() ? Level.WARN : Level.DEBUG)
                .log(
                        "Signing with development keys of {}: verifiers elsewhere have no reason to trust them."
                                + " Set intaglio.keys.pkcs12 or intaglio.keys.pem for keys of your own.",
                        properties.data());
        return DevelopmentKeys.loadOrCreate(properties.data(), issuer.uri(), clock, new SecureRandom())
                .keyRing();
    }

    private static KeyRing pkcs12(IntaglioProperties.Keys keys, Path file) throws IOException {
        var byAlias = Pkcs12Keys.load(file, keys.password().toCharArray());
        var uses = new EnumMap<KeyUse, List<SigningKey>>(KeyUse.class);
        for (var use : KeyUse.values()) {
            if (use == KeyUse.DOCUMENT_SIGNER && !keys.aliases().containsKey(use)) {
                continue; // then the key of other credentials signs
            }
            var aliases = keys.aliases().getOrDefault(use, List.copyOf(byAlias.keySet()));
            uses.put(
                    use,
                    aliases.stream()
                            .flatMap(alias -> keys(byAlias, alias, file))
                            .toList());
        }
        return KeyRing.of(uses);
    }

    /// An alias that ends in `*` stands for all that begin so, in their order: those that come to the file later, too.
    private static Stream<SigningKey> keys(Map<String, SigningKey> byAlias, String alias, Path file) {
        if (!alias.endsWith("*")) {
            return Stream.of(key(byAlias, alias, file));
        }
        var beginning = alias.substring(0, alias.length() - 1);
        return byAlias.keySet().stream()
                .filter(name -> name.startsWith(beginning))
                .sorted()
                .map(name -> key(byAlias, name, file));
    }

    private static SigningKey key(Map<String, SigningKey> byAlias, String alias, Path file) {
        return Optional.ofNullable(byAlias.get(alias))
                .orElseThrow(() -> new IllegalStateException(
                        "intaglio.keys.aliases names " + alias + "; the keys in " + file + " are " + byAlias.keySet()));
    }

    /// A directory stands for the PEM files in it, in the order of their names.
    private static List<Path> inside(Path file) throws IOException {
        if (!Files.isDirectory(file)) {
            return List.of(file);
        }
        try (var entries = Files.list(file)) {
            return entries.filter(entry -> entry.toString().endsWith(".pem"))
                    .sorted()
                    .toList();
        }
    }

    private static KeyRing pem(List<String> files) throws IOException {
        var keys = new ArrayList<SigningKey>();
        for (var file : files) {
            for (var one : inside(Path.of(file))) {
                keys.add(PemKeys.load(one));
            }
        }
        var uses = new EnumMap<KeyUse, List<SigningKey>>(KeyUse.class);
        for (var use : KeyUse.values()) {
            uses.put(use, keys);
        }
        return KeyRing.of(uses);
    }
}
