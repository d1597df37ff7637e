package dev.intaglio.spring;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How long is remembered what does not expire by itself.
///
/// @param issuances How long records of issuances, and what wallets told of them, are kept; without, until they are erased.
@ConfigurationProperties("intaglio.retention")
public record RetentionProperties(Optional<Duration> issuances) {
    public RetentionProperties {
        issuances = orEmpty(issuances);
        if (issuances.filter(time -> !time.isPositive()).isPresent()) {
            throw new IllegalArgumentException("intaglio.retention.issuances is longer than nothing");
        }
    }

    @SuppressWarnings("NullableOptional") // Spring Boot binds what is not set to null.
    private static Optional<Duration> orEmpty(@Nullable Optional<Duration> bound) {
        return bound == null ? Optional.empty() : bound;
    }
}
