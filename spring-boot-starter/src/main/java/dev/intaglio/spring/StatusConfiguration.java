package dev.intaglio.spring;

import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.storage.jdbc.JdbcStorage;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/// Status lists: where they are kept, and that they are published.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StatusProperties.class)
class StatusConfiguration {
    @Bean
    IssuerFeature statuses() {
        return (issuer, parts) -> {
            var stores = parts.stores().database();
            issuer.statuses(
                    stores.statusLists(),
                    stores.statusOperations(),
                    parts.settings().of(StatusProperties.class).settings());
        };
    }

    @Bean
    @Lazy(false)
    WalletCascadeTimer walletCascadeTimer(
            AttestationStatusProperties properties,
            AttestationStatuses statuses,
            JdbcStorage storage,
            AssembledIssuer main,
            TenantIssuers tenants,
            Clock clock) {
        var interval = properties.follow();
        return WalletCascadeTimer.start(
                new WalletCascades(statuses, interval, storage, main, tenants, clock), interval);
    }

    @Bean
    @Lazy(false)
    StatusTimer statusTimer(CredentialIssuer issuer, TenantIssuers tenants) {
        return StatusTimer.start(issuer.statuses(), tenants);
    }
}
