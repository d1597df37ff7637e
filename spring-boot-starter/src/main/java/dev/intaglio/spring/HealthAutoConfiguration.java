package dev.intaglio.spring;

import dev.intaglio.storage.jdbc.JdbcStorage;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/// The issuer's part of the application's health, where the application has health.
@AutoConfiguration(after = IntaglioAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(JdbcStorage.class)
public class HealthAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "intaglioHealthIndicator")
    HealthIndicator intaglioHealthIndicator(JdbcStorage storage, IntaglioProperties properties) {
        return new IntaglioHealth(storage, properties.cryptoProvider());
    }
}
