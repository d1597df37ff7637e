package dev.intaglio.issuer.recorder;

import dev.intaglio.issuer.store.TraceStep;
import dev.intaglio.issuer.store.Traces;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts the steps of an issuance together: those that share a code, a token or a handle with one another, whichever node
/// answered them. An offer that many wallets took up leads from itself to all of them, but not from one to another.
public final class Timelines {
    private static final int MOST_STEPS = 500;

    private final Traces traces;

    public Timelines(Traces traces) {
        this.traces = traces;
    }

    /// The timeline of whatever is called so.
    ///
    /// @param name as [TraceName] makes it
    /// @return empty if nothing is known of it (any more)
    public Optional<JsonObject> find(String name) {
        var steps = new LinkedHashMap<String, TraceStep>();
        var asked = new LinkedHashSet<String>();
        add(steps, ask(asked, Set.of(name)), true);
        while (steps.size() < MOST_STEPS) {
            var before = steps.size();
            var own = new LinkedHashSet<String>();
            var offers = new LinkedHashSet<String>();
            steps.values().forEach(step -> {
                own.addAll(step.names());
                offers.addAll(step.offers());
            });
            add(steps, ask(asked, own), true);
            add(steps, ask(asked, offers), false);
            if (steps.size() == before) {
                break;
            }
        }
        return steps.isEmpty() ? Optional.empty() : Optional.of(timeline(steps.values()));
    }

    private List<TraceStep> ask(Set<String> asked, Collection<String> names) {
        var fresh = new ArrayList<>(names);
        fresh.removeIf(name -> !asked.add(name));
        return fresh.isEmpty() ? List.of() : traces.about(fresh, MOST_STEPS);
    }

    /// @param all whether what an issuance did belongs here, too, or only what was done with the offer itself
    private static void add(Map<String, TraceStep> steps, List<TraceStep> found, boolean all) {
        for (var step : found) {
            if (all || aboutOffer(step)) {
                steps.putIfAbsent(step.id(), step);
            }
        }
    }

    private static boolean aboutOffer(TraceStep step) {
        var kind = Json.readObject(step.body()).optionalString("step").orElse("");
        return kind.equals(Step.Kind.OFFER.text()) || kind.equals(Step.Kind.DONE.text());
    }

    private static JsonObject timeline(Collection<TraceStep> found) {
        var steps = found.stream()
                .sorted(Comparator.comparing(TraceStep::at).thenComparing(TraceStep::id))
                .limit(MOST_STEPS)
                .map(step -> Json.readObject(step.body()))
                .map(step -> step.with("meaning", Meaning.of(step)))
                .toList();
        return JsonObject.builder()
                .put("began", steps.getFirst().string("at"))
                .put("ended", steps.getLast().string("at"))
                .put("outcome", Meaning.outcome(steps))
                .put("steps", steps)
                .build();
    }
}
