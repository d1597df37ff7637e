package dev.intaglio.spring;

import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.storage.jdbc.JdbcStorage;
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
                issuer.log(logs.add(parts).events());
            }
        };
    }

    /// @param main is put together before the logs are written for the first time
    @Bean
    @Lazy(false)
    LogTimer logTimer(LogProperties properties, IssuanceLogs logs, JdbcStorage storage, CredentialIssuer main) {
        return LogTimer.start(logs, storage, main, properties.interval());
    }
}
