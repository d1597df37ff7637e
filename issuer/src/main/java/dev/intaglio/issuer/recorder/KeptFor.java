package dev.intaglio.issuer.recorder;

import dev.intaglio.issuer.store.TraceStep;
import dev.intaglio.issuer.store.Traces;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// The traces of an issuer that has a time of its own for keeping them.
record KeptFor(Duration retention, Traces traces) implements Traces {
    @Override
    public void add(List<TraceStep> steps) {
        traces.add(steps.stream().map(this::kept).toList());
    }

    private TraceStep kept(TraceStep step) {
        return new TraceStep(
                step.id(),
                step.at(),
                step.names(),
                step.offers(),
                step.body(),
                step.at().plus(retention));
    }

    @Override
    public List<TraceStep> about(Collection<String> names, int atMost) {
        return traces.about(names, atMost);
    }
}
