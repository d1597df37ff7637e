package dev.intaglio.spring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/// Counts dialects for applications that have Micrometer: `intaglio.issuances` and `intaglio.dialect.refusals`, by `dialect`.
/// Who the wallets are is left to the counts in the database: a metric has no room for their names.
@AutoConfiguration(before = IntaglioAutoConfiguration.class)
@ConditionalOnClass(MeterRegistry.class)
public class DialectMetricsAutoConfiguration {
    @Bean
    DialectCounter dialectMeters(ObjectProvider<MeterRegistry> registries) {
        return use -> registries.forEach(registry -> {
            counter(registry, "intaglio.issuances", use.dialect()).increment(use.issuances());
            counter(registry, "intaglio.dialect.refusals", use.dialect()).increment(use.refusals());
        });
    }

    private static Counter counter(MeterRegistry registry, String name, String dialect) {
        return Counter.builder(name).tag("dialect", dialect).register(registry);
    }
}
