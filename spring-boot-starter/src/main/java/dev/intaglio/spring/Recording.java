package dev.intaglio.spring;

import dev.intaglio.issuer.recorder.FlightRecorder;
import dev.intaglio.issuer.store.Traces;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.trail.Trail;
import java.util.Optional;

/// What is recorded of one issuer: all there is to record, or nothing where that is switched off.
record Recording(Optional<FlightRecorder> recorder, Traces traces) {
    /// @param recorder the server's: where it is switched off, nothing is recorded of anybody
    static Recording of(Optional<FlightRecorder> recorder, IssuerParts parts) {
        var wanted = parts.settings().of(RecorderProperties.class);
        var traces = parts.stores().database().traces();
        return new Recording(
                recorder.filter(running -> wanted.enabled()), FlightRecorder.keptFor(wanted.retention(), traces));
    }

    Handler around(Handler endpoints) {
        return recorder.map(running -> running.around(endpoints, traces)).orElse(endpoints);
    }

    void done(Trail trail) {
        recorder.ifPresent(running -> running.record(trail, traces));
    }
}
