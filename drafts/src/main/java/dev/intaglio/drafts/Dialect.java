package dev.intaglio.drafts;

import dev.intaglio.drafts.draft11.Draft11;
import dev.intaglio.drafts.draft12.Draft12;
import dev.intaglio.drafts.draft13.Draft13;
import dev.intaglio.drafts.draft14.Draft14;
import dev.intaglio.drafts.draft15.Draft15;
import dev.intaglio.drafts.wire.Answer;
import dev.intaglio.drafts.wire.Catalogue;
import dev.intaglio.drafts.wire.Difference;
import dev.intaglio.drafts.wire.Exchange;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/// A draft as a chain of differences, from 1.0 down to it: `older…` takes a message of 1.0 to the draft's, `newer…` back.
public final class Dialect implements Difference {
    private static final List<Map.Entry<Draft, Difference>> DIFFERENCES = List.of(
            Map.entry(Draft.DRAFT_15, new Draft15()),
            Map.entry(Draft.DRAFT_14, new Draft14()),
            Map.entry(Draft.DRAFT_13, new Draft13()),
            Map.entry(Draft.DRAFT_12, new Draft12()),
            Map.entry(Draft.DRAFT_11, new Draft11()));
    private static final Map<Draft, Dialect> ALL = all();

    private final Draft draft;
    private final List<Difference> chain;

    private Dialect(Draft draft) {
        this.draft = draft;
        chain = DIFFERENCES.stream()
                .filter(entry -> draft.upTo(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static Map<Draft, Dialect> all() {
        var all = new EnumMap<Draft, Dialect>(Draft.class);
        for (var draft : Draft.values()) {
            all.put(draft, new Dialect(draft));
        }
        return all;
    }

    public static Dialect of(Draft draft) {
        return Objects.requireNonNull(ALL.get(draft));
    }

    public Draft draft() {
        return draft;
    }

    private <T> T older(T message, BiFunction<Difference, T, T> step) {
        var translated = message;
        for (var difference : chain) {
            translated = step.apply(difference, translated);
        }
        return translated;
    }

    private <T> T newer(T message, BiFunction<Difference, T, T> step) {
        var translated = message;
        for (var difference : chain.reversed()) {
            translated = step.apply(difference, translated);
        }
        return translated;
    }

    @Override
    public JsonObject olderMetadata(JsonObject metadata) {
        return older(metadata, Difference::olderMetadata);
    }

    @Override
    public JsonObject newerMetadata(JsonObject metadata) {
        return newer(metadata, Difference::newerMetadata);
    }

    @Override
    public JsonObject olderOffer(JsonObject offer) {
        return older(offer, Difference::olderOffer);
    }

    @Override
    public JsonObject newerOffer(JsonObject offer, Catalogue catalogue) {
        return newer(offer, (step, message) -> step.newerOffer(message, catalogue));
    }

    @Override
    public Form olderTokenRequest(Form request) {
        return older(request, Difference::olderTokenRequest);
    }

    @Override
    public Form newerTokenRequest(Form request) {
        return newer(request, Difference::newerTokenRequest);
    }

    @Override
    public Answer olderTokenAnswer(Answer answer, Exchange exchange) {
        return older(answer, (step, message) -> step.olderTokenAnswer(message, exchange));
    }

    @Override
    public Answer newerTokenAnswer(Answer answer) {
        return newer(answer, Difference::newerTokenAnswer);
    }

    @Override
    public JsonObject olderCredentialRequest(JsonObject request, Catalogue catalogue) {
        return older(request, (step, message) -> step.olderCredentialRequest(message, catalogue));
    }

    @Override
    public JsonObject newerCredentialRequest(JsonObject request, Catalogue catalogue) {
        return newer(request, (step, message) -> step.newerCredentialRequest(message, catalogue));
    }

    @Override
    public Answer olderCredentialAnswer(Answer answer, Exchange exchange) {
        return older(answer, (step, message) -> step.olderCredentialAnswer(message, exchange));
    }

    @Override
    public Answer newerCredentialAnswer(Answer answer, Exchange exchange) {
        return newer(answer, (step, message) -> step.newerCredentialAnswer(message, exchange));
    }

    @Override
    public Answer olderDeferredAnswer(Answer answer, Exchange exchange) {
        return older(answer, (step, message) -> step.olderDeferredAnswer(message, exchange));
    }

    @Override
    public Answer newerDeferredAnswer(Answer answer, Exchange exchange) {
        return newer(answer, (step, message) -> step.newerDeferredAnswer(message, exchange));
    }

    @Override
    public String toString() {
        return "Dialect[" + draft.label() + "]";
    }
}
