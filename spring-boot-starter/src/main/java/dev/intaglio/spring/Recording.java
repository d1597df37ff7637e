package dev.intaglio.spring;

import dev.intaglio.issuer.recorder.FlightRecorder;
import dev.intaglio.issuer.store.Traces;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.trail.Trail;
import java.util.Optional;

/// What is recorded of one issuer: all there is to record, or nothing where that is switched off.
record Recording(Optional<FlightRecorder> recorder, Traces traces) {
    Handler around(Handler endpoints) {
        return recorder.map(running -> running.around(endpoints, traces)).orElse(endpoints);
    }

    void done(Trail trail) {
        recorder.ifPresent(running -> running.record(trail, traces));
    }
}
