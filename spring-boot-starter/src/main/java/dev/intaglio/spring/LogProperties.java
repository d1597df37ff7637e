package dev.intaglio.spring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The issuance log.
///
/// @param enabled Whether there is a log of what was issued.
/// @param interval How often what happened is given its place in the log, and a checkpoint signed over it.
@ConfigurationProperties("intaglio.log")
public record LogProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1s") Duration interval) {
    public LogProperties {
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("intaglio.log.interval is longer than nothing");
        }
    }
}
