package dev.intaglio.cli;

import dev.intaglio.cli.text.Tree;
import dev.intaglio.protocol.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The timeline of an issuance for reading: a line for each step, and what it said below.
final class TimelineTree {
    private static final int ONE_LINE = 110;
    private static final List<String> TOLD = List.of("error", "description", "expected", "came", "section");

    private TimelineTree() {}

    static Tree of(JsonObject timeline) {
        var began = timeline.string("began");
        return new Tree(
                "Issuance of " + began,
                timeline.string("outcome"),
                timeline.objects("steps").stream()
                        .map(step -> step(step, began))
                        .toList());
    }

    private static Tree step(JsonObject step, String began) {
        var parts = new ArrayList<Tree>();
        step.optionalObject("refused")
                .ifPresent(refused -> TOLD.forEach(name -> refused.optionalString(name)
                        .filter(text -> !text.isEmpty())
                        .ifPresent(text -> parts.add(Tree.of(name, text)))));
        step.optionalStrings("configurations").ifPresent(ids -> parts.add(Tree.of("about", String.join(", ", ids))));
        step.optionalObject("request")
                .ifPresent(request -> parts.add(
                        message("request", request.string("method") + " " + request.string("path"), request)));
        step.optionalObject("response")
                .ifPresent(response -> parts.add(
                        message("response", String.valueOf(response.members().get("status")), response)));
        step.optionalString("request_id").ifPresent(id -> parts.add(Tree.of("request id", id)));
        return new Tree(
                after(began, step.string("at")) + "  " + name(step), step.string("meaning") + took(step), parts);
    }

    private static String name(JsonObject step) {
        var kind = step.string("step");
        return kind.equals("done") ? "·" : kind;
    }

    private static String took(JsonObject step) {
        return step.optionalString("took_ms").map(took -> "  (" + took + " ms)").orElse("");
    }

    private static String after(String began, String at) {
        try {
            var millis =
                    Duration.between(Instant.parse(began), Instant.parse(at)).toMillis();
            return String.format(Locale.ROOT, "+%.3f s", millis / 1e3);
        } catch (DateTimeParseException unexpected) {
            return at;
        }
    }

    private static Tree message(String label, String text, JsonObject message) {
        var parts = new ArrayList<Tree>();
        for (var part : List.of("query", "headers", "encrypted", "body")) {
            if (message.members().get(part) instanceof Map<?, ?> shapes) {
                shapes.forEach((name, value) -> parts.add(value(String.valueOf(name), value)));
            }
        }
        return new Tree(label, text, parts);
    }

    private static Tree value(String name, @Nullable Object value) {
        var line = line(value);
        if (line.length() <= ONE_LINE) {
            return Tree.of(name, line);
        }
        return switch (value) {
            case Map<?, ?> object ->
                new Tree(
                        name,
                        "",
                        object.entrySet().stream()
                                .map(member -> value(String.valueOf(member.getKey()), member.getValue()))
                                .toList());
            case List<?> list ->
                new Tree(name, "", list.stream().map(one -> value("-", one)).toList());
            case null, default -> Tree.of(name, line);
        };
    }

    private static String line(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> object ->
                object.entrySet().stream()
                        .map(member -> member.getKey() + ": " + line(member.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case List<?> list ->
                list.size() == 1
                        ? "[" + line(list.getFirst()) + "]"
                        : list.stream().map(TimelineTree::line).collect(Collectors.joining(", ", "[", "]"));
            case null, default ->
                Optional.ofNullable(value).map(String::valueOf).orElse("null");
        };
    }
}
