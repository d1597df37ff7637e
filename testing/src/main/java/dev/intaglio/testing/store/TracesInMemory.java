package dev.intaglio.testing.store;

import dev.intaglio.issuer.store.TraceStep;
import dev.intaglio.issuer.store.Traces;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/// Traces in memory, all of them to be looked at.
public final class TracesInMemory implements Traces {
    private final List<TraceStep> steps = new ArrayList<>();

    @Override
    public synchronized void add(List<TraceStep> more) {
        steps.addAll(more);
    }

    @Override
    public synchronized List<TraceStep> about(Collection<String> names, int atMost) {
        return steps.stream()
                .filter(step ->
                        !Collections.disjoint(step.names(), names) || !Collections.disjoint(step.offers(), names))
                .sorted(Comparator.comparing(TraceStep::at).thenComparing(TraceStep::id))
                .limit(atMost)
                .toList();
    }

    /// Everything.
    public synchronized List<TraceStep> all() {
        return List.copyOf(steps);
    }
}
