package dev.intaglio.issuer.recorder;

import dev.intaglio.protocol.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a step means, and a whole issuance, in a sentence for people.
final class Meaning {
    private static final int SUCCESS = 300;
    private static final int ACCEPTED = 202;

    private Meaning() {}

    static String of(JsonObject step) {
        var refused = step.optionalObject("refused");
        if (refused.isPresent()) {
            var error = refused.get().string("error");
            return "refused" + (error.isEmpty() ? "" : ": " + error);
        }
        var what = step.optionalString("what");
        if (what.isPresent()) {
            return what.get();
        }
        var status = status(step);
        if (status >= SUCCESS) {
            return status == 303 ? "the browser is sent on" : "answered " + status;
        }
        return switch (step.string("step")) {
            case "offer" -> "the wallet reads the offer";
            case "par" -> "the authorization request is taken";
            case "challenge" -> "a challenge for the wallet's attestation";
            case "token" -> "an access token is given";
            case "nonce" -> "a nonce is given";
            case "credential", "deferred" ->
                status == ACCEPTED ? "not yet: the wallet is to come back" : issued(step) + " issued";
            case "notification" -> "the wallet tells: " + event(step).orElse("something");
            default -> "answered " + status;
        };
    }

    /// How it ended, as far as it is known.
    static String outcome(List<JsonObject> steps) {
        var outcome = "begun";
        for (var step : steps) {
            var kind = step.string("step");
            if (kind.equals("done") || kind.equals("nonce") || kind.equals("offer")) {
                continue;
            }
            outcome = step.string("meaning")
                    + step.optionalObject("refused")
                            .map(refused -> " (" + refused.string("description") + ")")
                            .orElse("");
        }
        return outcome;
    }

    private static int status(JsonObject step) {
        return step.object("response").optionalInt("status").orElse(0);
    }

    private static String issued(JsonObject step) {
        var count = step.object("response")
                .optionalObject("body")
                .flatMap(body -> body.optionalArray("credentials"))
                .map(List::size)
                .orElse(0);
        return switch (count) {
            case 0 -> "credentials";
            case 1 -> "1 credential";
            default -> count + " credentials";
        };
    }

    private static Optional<String> event(JsonObject step) {
        return step.object("request").members().get("body") instanceof Map<?, ?> body
                        && body.get("event") instanceof String event
                ? Optional.of(event)
                : Optional.empty();
    }
}
