package dev.intaglio.issuer.store;

import java.util.Collection;
import java.util.List;

/// What happened in issuances, for operators to look into. Kept for a while and never needed to issue anything.
public interface Traces {
    /// Keeps steps.
    void add(List<TraceStep> steps);

    /// The steps that have one of these among their names or offers, the oldest first.
    ///
    /// @param atMost of more, the oldest
    List<TraceStep> about(Collection<String> names, int atMost);
}
