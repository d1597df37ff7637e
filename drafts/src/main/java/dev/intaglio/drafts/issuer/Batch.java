package dev.intaglio.drafts.issuer;

import dev.intaglio.drafts.Dialect;
import dev.intaglio.drafts.issuer.Translator.Translated;
import dev.intaglio.drafts.wire.Answer;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The batch credential endpoint of drafts up to 13: several Credential Requests in one, answered together or not at all. What
/// the first of them got before another was refused is recorded as issued, and is not handed out.
final class Batch {
    private static final int MOST = 10;

    private Batch() {}

    static Response answer(Request request, JsonObject body, Dialect dialect, Translator translator) {
        List<JsonObject> requests;
        try {
            requests = body.objects("credential_requests");
        } catch (JsonException malformed) {
            return refused(String.valueOf(malformed.getMessage()), request, body, dialect, translator);
        }
        if (requests.isEmpty() || requests.size() > MOST) {
            return refused(
                    "credential_requests holds from one to " + MOST + " requests", request, body, dialect, translator);
        }
        if (requests.size() > 1 && request.header("DPoP").isPresent()) {
            return refused(
                    "one DPoP proof is for one request: with a bound token ask at the credential endpoint",
                    request,
                    body,
                    dialect,
                    translator);
        }
        return BatchNonces.inOneBatch(() -> all(request, requests, dialect, translator));
    }

    private static Response all(Request request, List<JsonObject> requests, Dialect dialect, Translator translator) {
        var answers = new ArrayList<Object>();
        var last = Optional.<Translated>empty();
        for (var one : requests) {
            var translated = translator.credential(request, one, dialect);
            if (!translated.answer().successful()) {
                return translated.sent(translated.answer());
            }
            answers.add(translated
                    .answer()
                    .without("c_nonce")
                    .without("c_nonce_expires_in")
                    .body()
                    .members());
            last = Optional.of(translated);
        }
        var translated = last.orElseThrow();
        var answer = translated
                .exchange()
                .withNonce(new Answer(
                        200,
                        JsonObject.builder()
                                .put("credential_responses", answers)
                                .build()));
        return translated.sent(answer);
    }

    private static Response refused(
            String description, Request request, JsonObject body, Dialect dialect, Translator translator) {
        var response = CredentialErrors.invalidCredentialRequest(description).response();
        var answer = dialect.olderCredentialAnswer(
                new Answer(400, response.bodyObject()), translator.exchange(request, body, true, Optional.empty()));
        return Response.json(400, answer.body()).noStore();
    }
}
