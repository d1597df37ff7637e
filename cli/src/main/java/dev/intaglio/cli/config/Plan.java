package dev.intaglio.cli.config;

import dev.intaglio.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What has to be done for a server to have what a directory says.
///
/// @param steps one for each tenant, by name
public record Plan(List<Step> steps) {
    public Plan {
        steps = List.copyOf(steps);
    }

    /// A tenant as a server has it.
    public record Present(long version, boolean enabled, JsonObject definition) {}

    /// What is to be done about one tenant.
    public sealed interface Step {
        String tenant();

        record Create(String tenant, JsonObject definition) implements Step {}

        /// @param replaces the version it was compared with: if another is in force meanwhile, nothing is done
        record Change(String tenant, long replaces, JsonObject definition, List<Difference> differences)
                implements Step {}

        record Nothing(String tenant) implements Step {}

        /// The server has it, and the directory does not: somebody made it another way.
        record Unknown(String tenant, boolean enabled) implements Step {}

        record Enable(String tenant) implements Step {}
    }

    public static Plan of(Map<String, JsonObject> wanted, Map<String, Present> present) {
        var steps = new ArrayList<Step>();
        var all = new TreeMap<String, Boolean>();
        wanted.keySet().forEach(name -> all.put(name, true));
        present.keySet().forEach(name -> all.putIfAbsent(name, false));
        for (var name : all.keySet()) {
            var definition = wanted.get(name);
            var there = present.get(name);
            if (definition == null) {
                steps.add(new Step.Unknown(name, there != null && there.enabled()));
            } else if (there == null) {
                steps.add(new Step.Create(name, definition));
            } else {
                var differences = Difference.between(there.definition(), definition);
                steps.add(
                        differences.isEmpty()
                                ? new Step.Nothing(name)
                                : new Step.Change(name, there.version(), definition, differences));
                if (!there.enabled()) {
                    steps.add(new Step.Enable(name));
                }
            }
        }
        return new Plan(steps);
    }

    /// Whether the server has what the directory says. Tenants the directory does not know are no business of a plan.
    public boolean done() {
        return steps.stream().allMatch(step -> step instanceof Step.Nothing || step instanceof Step.Unknown);
    }

    /// Whether the two are the same in everything.
    public boolean same() {
        return steps.stream().allMatch(step -> step instanceof Step.Nothing);
    }
}
