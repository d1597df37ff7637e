package dev.intaglio.spring;

import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.store.CodeFlowStores;
import dev.intaglio.credential.CredentialFormat;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.issuer.spi.AccessTokenVerifier;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.Dialects;
import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.spi.IssuerStates;
import dev.intaglio.issuer.spi.PreAuthorizedCodes;
import dev.intaglio.issuer.store.DeferredTransactions;
import dev.intaglio.issuer.store.IssuanceQuotas;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.Notifications;
import dev.intaglio.issuer.store.Offers;
import dev.intaglio.issuer.store.OutgoingEvents;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.protocol.dpop.ReplayGuard;
import dev.intaglio.storage.jdbc.JdbcStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
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
@EnableConfigurationProperties({IntaglioProperties.class, HttpSourceProperties.class, RetentionProperties.class})
@Import({
    AuthorizationServerConfiguration.class,
    AuthorizationServersConfiguration.class,
    DialectConfiguration.class,
    MessageProtectionConfiguration.class,
    RecorderConfiguration.class,
    StatusConfiguration.class,
    TenantConfiguration.class
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
    KeyRing keyRing(IntaglioProperties properties, IssuerIdentifier issuer, JdbcStorage storage, Clock clock) {
        return ConfiguredKeys.rotating(properties, "", issuer, storage.keyStates(), clock);
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
    Housekeeping housekeeping(
            JdbcStorage storage, Clock clock, RetentionProperties retention, TenantRetention tenants) {
        return new Housekeeping(storage, clock, retention.issuances(), tenants);
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

    /// Stores that stand alone are beans, so that an application can keep something elsewhere.
    @Bean
    @ConditionalOnMissingBean
    IssuerStores issuerStores(
            JdbcStorage storage,
            Offers offers,
            Issuances issuances,
            dev.intaglio.authorization.store.PreAuthorizedCodes codes,
            CodeFlowStores codeFlow,
            ReplayGuard replayGuard,
            ObjectProvider<DeferredTransactions> deferred,
            ObjectProvider<Notifications> notifications,
            ObjectProvider<IssuanceQuotas> quotas,
            ObjectProvider<OutgoingEvents> outgoing) {
        return new IssuerStores(
                offers,
                issuances,
                deferred.getIfAvailable(storage::deferredTransactions),
                notifications.getIfAvailable(storage::notifications),
                quotas.getIfAvailable(storage::issuanceQuotas),
                outgoing.getIfAvailable(storage::outgoingEvents),
                codes,
                codeFlow,
                replayGuard,
                storage);
    }

    @Bean
    @ConditionalOnMissingBean
    IssuerParts issuerParts(
            Environment environment,
            IssuerIdentifier identifier,
            CredentialFormats formats,
            CredentialTypes types,
            KeyRing keys,
            CredentialDatasets datasets,
            IssuerStores stores,
            NonceKey nonceKey,
            Clock clock) {
        return new IssuerParts(
                "",
                IssuerSettings.of(environment),
                identifier,
                formats,
                types,
                keys,
                datasets,
                stores,
                nonceKey,
                clock);
    }

    @Bean
    @ConditionalOnMissingBean
    CredentialIssuer credentialIssuer(
            IssuerParts parts,
            AuthorizationServer authorizationServer,
            AuthorizationServers servers,
            AccessTokenVerifier accessTokens,
            PreAuthorizedCodes codes,
            ObjectProvider<IssuerStates> issuerStates,
            ObjectProvider<IssuerFeature> features,
            ObjectProvider<IssuanceListener> listeners,
            ObjectProvider<CredentialIssuerOptions> options) {
        var states = issuerStates.stream().findFirst().or(() -> servers.issuerStates(authorizationServer));
        var builder = IssuerAssembly.credentialIssuer(parts, servers, accessTokens, codes, states);
        features.orderedStream().forEach(feature -> feature.apply(builder, parts));
        listeners.orderedStream().forEach(builder::listener);
        options.orderedStream().forEach(option -> option.apply(builder));
        return builder.build();
    }

    /// The main issuer.
    @Bean
    @ConditionalOnMissingBean
    AssembledIssuer assembledIssuer(
            IssuerParts parts,
            CredentialIssuer issuer,
            Dialects dialects,
            Recording recording,
            AuthorizationServer authorization,
            AuthorizationServers servers,
            RegisteredClients clients,
            ObjectProvider<AuthorizationPages> pages) {
        return new AssembledIssuer(
                parts,
                issuer,
                authorization,
                servers,
                clients,
                dialects,
                recording,
                Optional.ofNullable(pages.getIfAvailable()));
    }

    @Bean
    FilterRegistrationBean<ProtocolFilter> protocolFilter(AssembledIssuer main, TenantIssuers tenants) {
        var identifier = main.identifier();
        var filter = new ProtocolFilter(
                identifier.origin(),
                main.routes(),
                main.recording()::done,
                Optional.of(new ProtocolFilter.Tenancy(tenants, identifier.basePath())));
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
