package dev.intaglio.spring;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.authorization.client.ClientAuthentication;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.issuer.recorder.FlightRecorder;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.storage.jdbc.JdbcStorage;
import dev.intaglio.storage.jdbc.JdbcStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// Puts a tenant's issuer together from its definition, as the main one is put together from the environment. Of the main
/// issuer's settings none reach it.
final class TenantAssembly {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^{}]+)\\}");
    private static final List<String> NOT_THEIRS = List.of(
            "intaglio.issuer",
            "intaglio.data-directory",
            "intaglio.database",
            "intaglio.crypto-provider",
            "intaglio.log.interval",
            "intaglio.attestation-status.timeout",
            // Whoever sets up a tenant does not say which hosts of our network it may call.
            "intaglio.attestation-status.private-hosts");

    private final TenantProperties properties;
    private final IssuerIdentifier main;
    private final Path data;
    private final CredentialFormats formats;
    private final JdbcStorage storage;
    private final List<IssuerFeature> features;
    private final Optional<TenantSignIn> signIn;
    private final List<ClientAuthentication> clientAuthentication;
    private final AttestationStatuses attestationStatuses;
    private final Optional<FlightRecorder> recorder;
    private final List<DialectCounter> counters;
    private final Clock clock;

    TenantAssembly(
            TenantProperties properties,
            IssuerIdentifier main,
            Path data,
            CredentialFormats formats,
            JdbcStorage storage,
            List<IssuerFeature> features,
            Optional<TenantSignIn> signIn,
            List<ClientAuthentication> clientAuthentication,
            AttestationStatuses attestationStatuses,
            Optional<FlightRecorder> recorder,
            List<DialectCounter> counters,
            Clock clock) {
        this.properties = properties;
        this.main = main;
        this.data = data;
        this.formats = formats;
        this.storage = storage;
        this.features = features;
        this.signIn = signIn;
        this.clientAuthentication = clientAuthentication;
        this.attestationStatuses = attestationStatuses;
        this.recorder = recorder;
        this.counters = counters;
        this.clock = clock;
    }

    /// An issuer and what has to be closed after it.
    record Assembled(AssembledIssuer issuer, AutoCloseable sources) {}

    TenantAddress address(String name, TenantDefinition definition) {
        return TenantAddress.of(name, definition, main);
    }

    /// @throws RuntimeException saying what is wrong with the definition
    Assembled assemble(String name, long version, TenantDefinition definition) {
        var own = data.resolve("tenants").resolve(name);
        try {
            return assemble(name, definition, own, own.resolve("files-" + version), false);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    /// Assembles it somewhere else and throws it away: nothing of the tenant is touched.
    ///
    /// @throws RuntimeException saying what is wrong with the definition
    void check(String name, TenantDefinition definition) {
        try {
            var directory = Files.createTempDirectory("intaglio-check-");
            try (var sources = assemble(name, definition, directory, directory.resolve("files"), true)
                    .sources()) {
                assert sources != null;
            } finally {
                remove(directory);
            }
        } catch (RuntimeException wrong) {
            throw wrong;
        } catch (Exception unreadable) {
            throw new IllegalArgumentException(String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    /// @param trial whether it is thrown away: then neither keys nor secrets are made for good
    private Assembled assemble(String name, TenantDefinition definition, Path own, Path files, boolean trial)
            throws IOException {
        write(definition.files(), files);
        var given = definition.properties();
        given.keySet().forEach(TenantAssembly::requireTheirs);
        var settings = settings(name, definition, given, own, files);
        var intaglio = settings.of(IntaglioProperties.class);
        var identifier = new IssuerIdentifier(address(name, definition).identifier());
        settings.of(RetentionProperties.class); // held by others; here, so that a wrong one is told
        var types = CredentialTypes.of(intaglio, formats);
        var sources = ConfiguredDatasets.of(intaglio, settings.of(HttpSourceProperties.class), types, clock);
        try {
            var database = storage.tenant(name);
            var parts = new IssuerParts(
                    name,
                    settings,
                    identifier,
                    formats,
                    types,
                    keys(intaglio, name, identifier, database, trial),
                    sources,
                    IssuerStores.of(database),
                    new NonceKey(trial ? NonceKey.fresh() : database.secret("nonce-key", NonceKey::fresh)),
                    clock);
            var issuer = assemble(parts);
            requireKnown(given, settings);
            return new Assembled(issuer, () -> {
                issuer.dialects().close();
                sources.close();
            });
        } catch (IOException | RuntimeException failed) {
            sources.close();
            throw failed;
        }
    }

    private KeyRing keys(
            IntaglioProperties settings, String name, IssuerIdentifier identifier, JdbcStores database, boolean trial)
            throws IOException {
        if (!trial) {
            return ConfiguredKeys.rotating(settings, name, identifier, database.keyStates(), clock);
        }
        return ConfiguredKeys.development(settings)
                ? KeyRing.of(SigningKey.generate(JWSAlgorithm.ES256))
                : ConfiguredKeys.of(settings, name, identifier, clock);
    }

    private AssembledIssuer assemble(IssuerParts parts) throws IOException {
        var authorizationSettings = AuthorizationSettings.of(
                parts.settings().of(AuthorizationProperties.class), attestationStatuses.of(parts));
        var servers = AuthorizationServers.of(
                parts.settings().of(AuthorizationServersProperties.class),
                parts.identifier(),
                parts.types().claimsOfSignIns(),
                parts.clock());
        var clients = RegisteredClients.of(authorizationSettings.clients());
        var asking = signIn.flatMap(ways -> ways.of(parts));
        var authorization = IssuerAssembly.authorizationServer(
                parts,
                authorizationSettings,
                servers,
                clients,
                asking.map(TenantSignIn.Asking::interaction),
                clientAuthentication);
        var builder = IssuerAssembly.credentialIssuer(
                parts,
                servers,
                servers.accessTokens(authorization, authorizationSettings.dpop()),
                servers.preAuthorizedCodes(authorization),
                servers.issuerStates(authorization));
        features.forEach(feature -> feature.apply(builder, parts));
        var issuer = builder.build();
        return new AssembledIssuer(
                parts,
                issuer,
                authorization,
                servers,
                clients,
                DialectConfiguration.of(parts, issuer, authorization, servers, counters),
                Recording.of(recorder, parts),
                asking.flatMap(TenantSignIn.Asking::pages));
    }

    /// How long a tenant's issuances are remembered; empty for ever.
    Optional<Duration> retention(String name, TenantDefinition definition) {
        var own = data.resolve("tenants").resolve(name);
        return settings(name, definition, definition.properties(), own, own)
                .of(RetentionProperties.class)
                .issuances();
    }

    private IssuerSettings settings(
            String name, TenantDefinition definition, Map<String, Object> given, Path own, Path files) {
        var all = new LinkedHashMap<String, Object>();
        properties.defaults().forEach((key, value) -> all.put("intaglio." + key, value));
        var names = definition.files().keySet();
        if (names.stream().anyMatch(file -> file.startsWith("types/"))) {
            all.put("intaglio.credentials", "${here}/types");
        }
        if (names.contains("claims.json")) {
            all.put("intaglio.claims", "${here}/claims.json");
        }
        if (names.contains("trust/key-attestation.pem")) {
            all.put("intaglio.key-attestation.trust-anchors", "${here}/trust/key-attestation.pem");
        }
        if (names.contains("trust/wallet-providers.pem")) {
            all.put("intaglio.wallet-providers[0].certificates", "${here}/trust/wallet-providers.pem");
        }
        all.putAll(given);
        all.put("intaglio.issuer", address(name, definition).identifier());
        all.put("intaglio.data-directory", own.toString());
        return new IssuerSettings(
                new Binder(List.of(new MapConfigurationPropertySource(all)), value -> resolve(value, files)));
    }

    private @Nullable Object resolve(@Nullable Object value, Path files) {
        return value instanceof String text && text.contains("${")
                ? PLACEHOLDER
                        .matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement(
                                found.group(1).equals("here") ? files.toString() : value(found.group(1))))
                : value;
    }

    private String value(String name) {
        return Optional.ofNullable(properties.values().get(name))
                .orElseThrow(() -> new IllegalArgumentException("the definition has ${" + name
                        + "}, and the server does not say what it is; set intaglio.tenants.values." + name));
    }

    private static void requireTheirs(String property) {
        if (NOT_THEIRS.stream().anyMatch(name -> property.equals(name) || property.startsWith(name + "."))) {
            throw new IllegalArgumentException(
                    property.substring("intaglio.".length()) + " is not for a tenant to set");
        }
    }

    private static void requireKnown(Map<String, Object> given, IssuerSettings settings) {
        for (var name : new MapConfigurationPropertySource(given)) {
            if (!settings.known(name)) {
                throw new IllegalArgumentException(
                        "there is no setting " + name.toString().substring("intaglio.".length()) + " (for tenants)");
            }
        }
    }

    private static void write(Map<String, String> texts, Path directory) throws IOException {
        for (var text : texts.entrySet()) {
            var file = directory.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
        }
    }

    private static void remove(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
