package dev.intaglio.spring;

import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.credential.CredentialFormat;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.issuer.spi.AccessTokenVerifier;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.spi.IssuerStates;
import dev.intaglio.issuer.spi.PreAuthorizedCodes;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.Offers;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.protocol.dpop.ReplayGuard;
import dev.intaglio.protocol.metadata.IssuerDisplay;
import dev.intaglio.protocol.metadata.Logo;
import dev.intaglio.storage.jdbc.JdbcStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/// Builds an issuer and its authorization server from the properties. A bean of the application's own takes the place of
/// any bean here: its [CredentialDatasets], its [KeyRing], its stores, its [AccessTokenVerifier].
@AutoConfiguration
@EnableConfigurationProperties({IntaglioProperties.class, HttpSourceProperties.class})
@Import({
    AuthorizationServerConfiguration.class,
    AuthorizationServersConfiguration.class,
    MessageProtectionConfiguration.class
})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class IntaglioAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    @ConditionalOnMissingBean
    IssuerIdentifier issuerIdentifier(
            IntaglioProperties properties, Environment environment, ObjectProvider<ServerProperties> server) {
        var tls = server.stream().anyMatch(settings -> Ssl.isEnabled(settings.getSsl()));
        return IssuerIdentifier.of(properties, Optional.ofNullable(environment.getProperty("server.port")), tls);
    }

    /// All on the class path; a bean of an application's replaces the one of the same identifier.
    @Bean
    @ConditionalOnMissingBean
    CredentialFormats credentialFormats(ObjectProvider<CredentialFormat> own) {
        return CredentialFormats.onClassPath(new SecureRandom())
                .with(own.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean
    CredentialTypes credentialTypes(IntaglioProperties properties, CredentialFormats formats) throws IOException {
        return CredentialTypes.of(properties, formats);
    }

    @Bean
    @ConditionalOnMissingBean
    KeyRing keyRing(IntaglioProperties properties, IssuerIdentifier issuer, Clock clock) throws IOException {
        return ConfiguredKeys.of(properties, issuer, clock);
    }

    @Bean
    @ConditionalOnMissingBean(CredentialDatasets.class)
    ConfiguredDatasets credentialDatasets(
            IntaglioProperties properties, HttpSourceProperties services, CredentialTypes types, Clock clock)
            throws IOException {
        return ConfiguredDatasets.of(properties, services, types, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    JdbcStorage jdbcStorage(IntaglioProperties properties) throws IOException {
        var database = properties.database();
        var url = database.url().orElse("");
        if (url.startsWith("jdbc:postgresql:")) {
            return JdbcStorage.postgres(url, database.user(), database.password(), database.poolSize());
        }
        if (url.startsWith("jdbc:sqlite:")) {
            return JdbcStorage.sqlite(Path.of(url.substring("jdbc:sqlite:".length())));
        }
        if (!url.isEmpty()) {
            throw new IllegalStateException("intaglio.database.url begins with jdbc:postgresql: or jdbc:sqlite:");
        }
        Files.createDirectories(properties.data());
        return JdbcStorage.sqlite(properties.data().resolve("intaglio.db"));
    }

    @Bean
    @ConditionalOnMissingBean
    Offers offerStore(JdbcStorage storage) {
        return storage.offers();
    }

    @Bean
    @ConditionalOnMissingBean
    Issuances issuanceStore(JdbcStorage storage) {
        return storage.issuances();
    }

    /// One for both servers: a proof is for one address and cannot be used at the other anyway.
    @Bean
    @ConditionalOnMissingBean
    ReplayGuard replayGuard(JdbcStorage storage) {
        return storage.replayGuard("dpop");
    }

    @Bean
    @ConditionalOnMissingBean
    NonceKey nonceKey(JdbcStorage storage) {
        return new NonceKey(storage.secret("nonce-key", NonceKey::fresh));
    }

    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    Housekeeping housekeeping(JdbcStorage storage, Clock clock) {
        return new Housekeeping(storage, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    PreAuthorizedCodes preAuthorizedCodes(AuthorizationServers servers, AuthorizationServer authorization) {
        return servers.preAuthorizedCodes(authorization);
    }

    @Bean
    @ConditionalOnMissingBean
    AccessTokenVerifier accessTokenVerifier(
            AuthorizationServers servers, AuthorizationSettings settings, AuthorizationServer authorization) {
        return servers.accessTokens(authorization, settings.dpop());
    }

    @Bean
    @ConditionalOnMissingBean
    CredentialIssuer credentialIssuer(
            IntaglioProperties properties,
            AuthorizationProperties authorization,
            IssuerIdentifier issuer,
            CredentialTypes types,
            KeyRing keys,
            CredentialDatasets datasets,
            AccessTokenVerifier accessTokens,
            PreAuthorizedCodes codes,
            Offers offers,
            Issuances issuances,
            ReplayGuard replayGuard,
            NonceKey nonceKey,
            Clock clock,
            ObjectProvider<IssuerStates> issuerStates,
            AuthorizationServer authorizationServer,
            AuthorizationServers servers,
            CredentialFormats formats,
            MessageProtection protection,
            ObjectProvider<IssuanceListener> listeners,
            ObjectProvider<CredentialIssuerOptions> options) {
        var builder = CredentialIssuer.builder(issuer.uri(), types.definitions(), keys, nonceKey.bytes())
                .datasets(datasets)
                .authorizationServers(servers.published())
                .accessTokens(accessTokens)
                .preAuthorizedCodes(codes)
                .stores(offers, issuances, replayGuard)
                .display(display(properties))
                .batchSize(properties.batchSize())
                .dpopNonces(authorization.dpopNonces())
                .nonceLifetime(properties.nonceLifetime())
                .formats(formats)
                .clock(clock);
        protection.apply(builder);
        issuerStates.stream()
                .findFirst()
                .or(() -> servers.issuerStates(authorizationServer))
                .ifPresent(builder::issuerStates);
        if (authorization.profile() == Profile.HAIP) {
            HaipDemands.check(keys);
            builder.offerEndpoint("haip-vci://"); // HAIP 4.2
        }
        listeners.orderedStream().forEach(builder::listener);
        options.orderedStream().forEach(option -> option.apply(builder));
        return builder.build();
    }

    @Bean
    FilterRegistrationBean<ProtocolFilter> protocolFilter(
            IssuerIdentifier identifier,
            AuthorizationServers servers,
            AuthorizationServer authorization,
            CredentialIssuer issuer,
            ObjectProvider<AuthorizationPages> pages) {
        var routes = new ArrayList<ProtocolFilter.Route>();
        routes.add(new ProtocolFilter.Route(issuer::serves, issuer.handler()));
        if (servers.own()) {
            addRoutes(routes, authorization, Optional.ofNullable(pages.getIfAvailable()));
        }
        var registration = new FilterRegistrationBean<>(new ProtocolFilter(identifier.origin(), routes));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    private static void addRoutes(
            List<ProtocolFilter.Route> routes, AuthorizationServer authorization, Optional<AuthorizationPages> pages) {
        // Not for scripts of other origins (RFC 9700, section 2.6): people come here.
        authorization
                .metadata()
                .authorizationEndpoint()
                .ifPresent(address -> routes.add(new ProtocolFilter.Route(
                        address.getRawPath()::equals,
                        pages.map(page -> page.around(authorization.handler())).orElse(authorization.handler()),
                        false)));
        routes.add(new ProtocolFilter.Route(authorization::serves, authorization.handler()));
    }

    private static List<IssuerDisplay> display(IntaglioProperties properties) {
        if (properties.display().isEmpty()) {
            return List.of(new IssuerDisplay(Optional.of("Intaglio"), Optional.empty(), Optional.empty()));
        }
        return properties.display().stream()
                .map(name -> new IssuerDisplay(
                        Optional.of(name.name()),
                        name.locale(),
                        name.logo().map(uri -> new Logo(uri, name.logoText()))))
                .toList();
    }
}
