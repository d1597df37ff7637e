package dev.intaglio.spring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The flight recorder, which writes down what happens in each issuance, without secrets and claims.
///
/// @param enabled Whether it does.
/// @param retention How long it keeps that.
@ConfigurationProperties("intaglio.recorder")
public record RecorderProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("3d") Duration retention) {
    public RecorderProperties {
        if (!retention.isPositive()) {
            throw new IllegalArgumentException(
                    "intaglio.recorder.retention is longer than nothing; intaglio.recorder.enabled=false records nothing");
        }
    }
}
