package dev.intaglio.spring;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.issuer.schema.DatasetSchemas;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Asks the data sources of a configuration, without a server: for people who set them up.
///
/// ```java
/// try (var trial = SourceTrial.open(Map.of("intaglio.credentials", directory))) {
///     var lookup = trial.find(trial.definition("pid").orElseThrow(), "erika", JsonObject.empty());
/// }
/// ```
public final class SourceTrial implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final CredentialTypes types;
    private final ConfiguredDatasets datasets;
    private final DatasetSchemas schemas;

    private SourceTrial(ConfigurableApplicationContext context) {
        this.context = context;
        types = context.getBean(CredentialTypes.class);
        datasets = context.getBean(ConfiguredDatasets.class);
        schemas = DatasetSchemas.of(types.definitions());
    }

    /// Reads the configuration as the server would, with these properties before those of files and environment.
    public static SourceTrial open(Map<String, ?> properties) {
        var arguments = properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        return new SourceTrial(new SpringApplicationBuilder(Sources.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run(arguments));
    }

    public List<CredentialDefinition> definitions() {
        return types.definitions();
    }

    /// A credential type by its id, or by that of one of its configurations.
    public Optional<CredentialDefinition> definition(String id) {
        return definitions().stream()
                .filter(definition -> definition.id().equals(id)
                        || definition.configurations().stream()
                                .anyMatch(configuration -> configuration.id().equals(id)))
                .findFirst();
    }

    /// What the source of a credential type is, for reading.
    public String source(CredentialDefinition definition) {
        return datasets.origins(definition).source();
    }

    /// Where the source has a claim.
    ///
    /// @param path the names that lead to it
    public ClaimOrigin origin(CredentialDefinition definition, List<String> path, String subject) {
        return datasets.origins(definition).origin().apply(path, subject);
    }

    /// Asks the source.
    ///
    /// @param signedIn what a sign-in would tell, for a login source
    public Lookup find(CredentialDefinition definition, String subject, JsonObject signedIn) {
        return datasets.find(new Entitlement(
                subject,
                definition,
                definition.configurations().getFirst(),
                Optional.empty(),
                Optional.empty(),
                "source trial",
                signedIn));
    }

    public List<DatasetSchemas.Violation> check(CredentialDefinition definition, Lookup.Ready found) {
        return schemas.check(definition, found.dataset());
    }

    public CredentialFormats formats() {
        return context.getBean(CredentialFormats.class);
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({IntaglioProperties.class, HttpSourceProperties.class})
    static class Sources {
        @Bean
        CredentialFormats credentialFormats() {
            return CredentialFormats.onClassPath(new SecureRandom());
        }

        @Bean
        CredentialTypes credentialTypes(IntaglioProperties properties, CredentialFormats formats) throws IOException {
            return CredentialTypes.of(properties, formats);
        }

        @Bean
        ConfiguredDatasets datasets(IntaglioProperties properties, HttpSourceProperties services, CredentialTypes types)
                throws IOException {
            return ConfiguredDatasets.of(properties, services, types, Clock.systemUTC());
        }
    }
}
