package dev.intaglio.spring;

import dev.intaglio.keys.CryptoProviders;
import dev.intaglio.storage.jdbc.JdbcStorage;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/// Healthy if the database answers, and if signatures are made by the provider that was demanded, if one was.
final class IntaglioHealth extends AbstractHealthIndicator {
    private final JdbcStorage storage;
    private final Optional<String> demanded;
    // It does not change, and asking it makes a key.
    private final String provider = CryptoProviders.activeName();

    IntaglioHealth(JdbcStorage storage, Optional<String> demanded) {
        super("the health of the issuer could not be found out");
        this.storage = storage;
        this.demanded = demanded;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        var stored = storage.healthy();
        var signed = demanded.isEmpty() || demanded.get().equals(provider);
        builder.status(stored && signed ? "UP" : "DOWN")
                .withDetail("storage", stored ? "answers" : "does not answer")
                .withDetail("signatures", provider);
    }
}
