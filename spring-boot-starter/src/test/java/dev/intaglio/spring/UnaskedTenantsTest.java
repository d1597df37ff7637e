package dev.intaglio.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.storage.jdbc.JdbcStorage;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

@DisplayName("What is done for tenants that nobody asks for")
class UnaskedTenantsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    private Path directory;

    private WebApplicationContextRunner application() {
        return new WebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(IntaglioAutoConfiguration.class, IssuanceLogAutoConfiguration.class))
                .withBean(Clock.class, () -> ((InstantSource) now::get).withZone(ZoneOffset.UTC))
                .withPropertyValues("intaglio.data-directory=" + directory, "intaglio.log.interval=1h");
    }

    private static JsonObject definition(Map<String, ?> settings) {
        return JsonObject.of(Map.of("settings", settings));
    }

    @Test
    @DisplayName("each tenant's issuances are forgotten by its own rule, also when it is disabled")
    void retention() {
        application().run(context -> {
            var tenants = context.getBean(TenantAdministration.class);
            tenants.create("short", definition(Map.of("retention", Map.of("issuances", "30d"))));
            tenants.create("long", definition(Map.of("retention", Map.of("issuances", "90d"))));
            tenants.create("ever", definition(Map.of()));
            tenants.enable("short", false);
            var storage = context.getBean(JdbcStorage.class);
            for (var name : List.of("short", "long", "ever")) {
                storage.tenant(name)
                        .issuances()
                        .record(
                                new IssuanceRecord("of " + name, "authorization", "degree", "alice", 1, now.get()),
                                List.of());
            }
            var retention = context.getBean(TenantRetention.class);
            assertThat(retention.removeIssuances()).isZero();

            now.updateAndGet(time -> time.plus(Duration.ofDays(31)));
            assertThat(retention.removeIssuances()).isOne();
            now.updateAndGet(time -> time.plus(Duration.ofDays(60)));
            assertThat(retention.removeIssuances()).isOne();
            now.updateAndGet(time -> time.plus(Duration.ofDays(365)));
            assertThat(retention.removeIssuances()).isZero();
            assertThat(context.getBean(TenantIssuers.class).assembled()).isZero();
        });
    }

    @Test
    @DisplayName("events that wait for their places in a log get them after a while from any node, without a request")
    void log() {
        application().run(context -> {
            context.getBean(TenantAdministration.class).create("ulm", definition(Map.of()));
            var storage = context.getBean(JdbcStorage.class);
            var log = storage.tenant("ulm").log();
            // As of a node that is no more.
            log.add(new LogEvents(new SecureRandom()).configuration("digest", now.get()));
            var issuers = context.getBean(TenantIssuers.class);
            var waiting = new WaitingLogs(
                    context.getBean(IssuanceLogs.class),
                    storage,
                    context.getBean(AssembledIssuer.class),
                    issuers,
                    context.getBean(Clock.class));

            waiting.sequence();
            assertThat(log.head()).isEmpty();
            assertThat(issuers.assembled()).isZero();

            now.updateAndGet(time -> time.plus(Duration.ofSeconds(30)));
            waiting.sequence();
            assertThat(log.head().orElseThrow().size()).isPositive();
            assertThat(log.waiting(1)).isEmpty();
        });
    }
}
