package dev.intaglio.spring;

import dev.intaglio.storage.jdbc.JdbcStorage;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/// The issuance logs.
@AutoConfiguration(after = IntaglioAutoConfiguration.class)
@EnableConfigurationProperties(LogProperties.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class IssuanceLogAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    IssuanceLogs issuanceLogs() {
        return new IssuanceLogs();
    }

    @Bean
    IssuerFeature issuanceLog(IssuanceLogs logs) {
        return (issuer, parts) -> {
            if (parts.settings().of(LogProperties.class).enabled()) {
                issuer.log(logs.words());
            }
        };
    }

    @Bean
    IssuerStart configurationInLog(IssuanceLogs logs) {
        return logs::begin;
    }

    @Bean
    @Lazy(false)
    LogTimer logTimer(
            LogProperties properties,
            IssuanceLogs logs,
            JdbcStorage storage,
            AssembledIssuer main,
            TenantIssuers tenants,
            Clock clock) {
        return LogTimer.start(new WaitingLogs(logs, storage, main, tenants, clock), properties.interval());
    }
}
