package dev.intaglio.spring;

import dev.intaglio.issuer.recorder.FlightRecorder;
import dev.intaglio.issuer.recorder.Timelines;
import dev.intaglio.issuer.store.Traces;
import dev.intaglio.storage.jdbc.JdbcStorage;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Records what happens in issuances, unless that is switched off.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RecorderProperties.class)
class RecorderConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Traces traceStore(JdbcStorage storage) {
        return storage.traces();
    }

    @Bean
    @ConditionalOnMissingBean
    Timelines timelines(Traces traces) {
        return new Timelines(traces);
    }

    @Bean
    Recording recording(ObjectProvider<FlightRecorder> recorder, Traces traces) {
        return new Recording(Optional.ofNullable(recorder.getIfAvailable()), traces);
    }

    /// @param traces so that their storage is closed after the recorder, which stores what waits
    @Bean
    @ConditionalOnProperty(name = "intaglio.recorder.enabled", matchIfMissing = true)
    FlightRecorder flightRecorder(RecorderProperties properties, Traces traces, Clock clock) {
        return FlightRecorder.start(properties.retention(), RequestIds::current, clock);
    }
}
