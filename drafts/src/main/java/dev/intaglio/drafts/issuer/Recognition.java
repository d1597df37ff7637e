package dev.intaglio.drafts.issuer;

import dev.intaglio.drafts.Draft;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Tells by a Credential Request which drafts it can be of. What is complete by 1.0 is 1.0, whatever else stands beside it
/// (§8.2): nobody can make a wallet that speaks 1.0 be answered in a draft by adding members.
final class Recognition {
    private static final List<Draft> EARLY = List.of(Draft.DRAFT_12, Draft.DRAFT_13, Draft.DRAFT_14);

    private Recognition() {}

    /// Exactly one selector, and either `proofs` or no proof at all.
    static boolean complete(JsonObject body) {
        var selectors = (body.has("credential_configuration_id") ? 1 : 0) + (body.has("credential_identifier") ? 1 : 0);
        return selectors == 1 && (body.has("proofs") || !body.has("proof"));
    }

    /// The oldest first; empty if it shows no sign of a draft, or is complete by 1.0.
    static List<Draft> candidates(JsonObject body) {
        if (complete(body)) {
            return List.of();
        }
        if (typed(body)) {
            return List.of(Draft.DRAFT_11, Draft.DRAFT_12);
        }
        if (body.has("credential_encryption_jwk")) {
            return List.of(Draft.DRAFT_12);
        }
        var described =
                body.has("format") || body.has("credential_definition") || body.has("vct") || body.has("doctype");
        if (described && body.has("proofs")) {
            return List.of(Draft.DRAFT_14);
        }
        if (body.has("credential_configuration_id")) {
            // Of draft 15 it would be without a format; and a format that is asked for is never passed over.
            return described ? EARLY : List.of(Draft.DRAFT_15);
        }
        if (described) {
            // A document type and a format are all that draft 11 would say of an mdoc.
            return body.has("doctype")
                    ? List.of(Draft.DRAFT_11, Draft.DRAFT_12, Draft.DRAFT_13, Draft.DRAFT_14)
                    : EARLY;
        }
        return body.has("credential_identifier")
                ? List.of(Draft.DRAFT_12, Draft.DRAFT_13, Draft.DRAFT_14, Draft.DRAFT_15)
                : List.of();
    }

    /// Whether a draft can say this, for a wallet that is known to speak it.
    static boolean says(Draft draft, JsonObject body) {
        if (!complete(body)) {
            return candidates(body).contains(draft);
        }
        var selector = body.has("credential_identifier") ? draft != Draft.DRAFT_11 : draft == Draft.DRAFT_15;
        return selector && (!body.has("proofs") || !draft.upTo(Draft.DRAFT_13));
    }

    /// Of the drafts with a batch credential endpoint, the latest that it can be of.
    ///
    /// @param accepted has one of them
    static Draft ofBatch(JsonObject body, Set<Draft> accepted) {
        var oldest = accepted.contains(Draft.DRAFT_11) && requests(body).anyMatch(Recognition::typed);
        return Stream.of(Draft.DRAFT_13, Draft.DRAFT_12, Draft.DRAFT_11)
                .filter(accepted::contains)
                .filter(draft -> draft == Draft.DRAFT_11 || !oldest)
                .findFirst()
                .orElseThrow();
    }

    private static Stream<JsonObject> requests(JsonObject body) {
        try {
            return body.objects("credential_requests").stream();
        } catch (JsonException none) {
            return Stream.empty();
        }
    }

    private static boolean typed(JsonObject body) {
        return body.has("types")
                || (body.members().get("credential_definition") instanceof Map<?, ?> members
                        && members.containsKey("types"));
    }
}
