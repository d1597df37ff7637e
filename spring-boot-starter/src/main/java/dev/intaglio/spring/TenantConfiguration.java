package dev.intaglio.spring;

import dev.intaglio.authorization.client.ClientAuthentication;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.issuer.recorder.FlightRecorder;
import dev.intaglio.storage.jdbc.JdbcStorage;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Credential Issuers beside the main one.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TenantProperties.class)
class TenantConfiguration {
    @Bean
    TenantAssembly tenantAssembly(
            TenantProperties properties,
            IntaglioProperties settings,
            IssuerIdentifier main,
            CredentialFormats formats,
            JdbcStorage storage,
            ObjectProvider<IssuerFeature> features,
            ObjectProvider<TenantSignIn> signIn,
            ObjectProvider<ClientAuthentication> clientAuthentication,
            AttestationStatuses attestationStatuses,
            ObjectProvider<FlightRecorder> recorder,
            ObjectProvider<DialectCounter> counters,
            Clock clock) {
        return new TenantAssembly(
                properties,
                main,
                settings.data(),
                formats,
                storage,
                features.orderedStream().toList(),
                Optional.ofNullable(signIn.getIfAvailable()),
                clientAuthentication.orderedStream().toList(),
                attestationStatuses,
                Optional.ofNullable(recorder.getIfAvailable()),
                counters.orderedStream().toList(),
                clock);
    }

    @Bean
    TenantIssuers tenantIssuers(
            JdbcStorage storage,
            TenantAssembly assembly,
            IssuerIdentifier main,
            TenantProperties properties,
            ObjectProvider<IssuerStart> starts,
            Clock clock) {
        return new TenantIssuers(
                storage.tenants(),
                assembly,
                main,
                properties,
                starts.orderedStream().toList(),
                clock);
    }

    @Bean
    TenantRetention tenantRetention(JdbcStorage storage, TenantAssembly assembly, Clock clock) {
        return new TenantRetention(storage, assembly, clock);
    }

    @Bean
    TenantAdministration tenantAdministration(
            JdbcStorage storage, TenantAssembly assembly, TenantIssuers issuers, AssembledIssuer main, Clock clock) {
        return new TenantAdministration(storage.tenants(), assembly, issuers, main, new SecureRandom(), clock);
    }

    @Bean
    IssuerAtHand issuerAtHand(AssembledIssuer main) {
        return new IssuerAtHand(main);
    }
}
