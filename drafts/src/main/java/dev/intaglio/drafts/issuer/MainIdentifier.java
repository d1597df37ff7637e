package dev.intaglio.drafts.issuer;

import dev.intaglio.drafts.Dialect;
import dev.intaglio.drafts.Draft;
import dev.intaglio.drafts.draft11.AcceptanceToken;
import dev.intaglio.drafts.wire.Answer;
import dev.intaglio.drafts.wire.Catalogue;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The issuer at its own identifier: 1.0, and beside it such requests of drafts as can be told by their shape.
final class MainIdentifier implements Handler {
    private final Translator standard;
    private final Translator legacy;
    private final Addresses at;
    private final Accepted accepted;
    private final Usage usage;
    private final PinnedTokens pinned;

    /// @param legacy the same issuer with the formats that drafts have otherwise
    MainIdentifier(Translator standard, Translator legacy, Accepted accepted, Usage usage, PinnedTokens pinned) {
        this.standard = standard;
        this.legacy = legacy;
        this.at = Addresses.of(standard.issuer());
        this.accepted = accepted;
        this.usage = usage;
        this.pinned = pinned;
    }

    boolean serves(String path) {
        return standard.issuer().serves(path) || (!accepted.strict() && ofDrafts(path));
    }

    private boolean ofDrafts(String path) {
        return path.equals(at.appended())
                || (path.equals(at.batch().getRawPath()) && accepted.upTo(Draft.DRAFT_13))
                || (path.equals(at.deferredOfOld()) && accepted.tolerant());
    }

    @Override
    public Response handle(Request request) {
        var path = String.valueOf(request.uri().getRawPath());
        if (at.metadata(path) && request.method().equals("GET")) {
            return metadata(request, path);
        }
        if (!request.method().equals("POST")) {
            return standard(request);
        }
        if (path.equals(at.credential())) {
            return OwnIdentifier.body(request)
                    .map(body -> credential(request, body))
                    .orElseGet(() -> standard(request));
        }
        if (at.deferred(path) || path.equals(at.deferredOfOld())) {
            return accepted.strict() ? standard(request) : deferred(request);
        }
        if (path.equals(at.batch().getRawPath())) {
            return batch(request);
        }
        return standard(request);
    }

    private Response standard(Request request) {
        return usage.during(
                Usage.STANDARD, request, () -> standard.issuer().handler().handle(request));
    }

    private Response metadata(Request request, String path) {
        if (path.equals(at.appended()) && !path.equals(at.inserted())) {
            var inserted = new Request(
                    "GET", request.uri().resolve(at.inserted()), request.headers(), request.body(), request.remote());
            return metadata(inserted, at.inserted());
        }
        var response = standard.issuer().handler().handle(request);
        return accepted.tolerant() ? OwnIdentifier.changed(response, this::withOldMembers) : response;
    }

    /// Members that 1.0 does not know, for clients that look for nothing else.
    private JsonObject withOldMembers(JsonObject metadata) {
        var server = metadata.optionalStrings("authorization_servers")
                .map(List::getFirst)
                .orElseGet(() -> metadata.string("credential_issuer"));
        var oldest = Dialect.of(Draft.DRAFT_11).olderMetadata(metadata);
        return metadata.with("authorization_server", server)
                .with(
                        "credentials_supported",
                        oldest.optionalArray("credentials_supported").orElse(List.of()))
                .with("batch_credential_endpoint", at.batch().toString());
    }

    private Response credential(Request request, JsonObject body) {
        var asked = accepted.strict()
                ? Optional.<Draft>empty()
                : pinned.draft(request)
                        .filter(accepted.drafts()::contains)
                        .filter(draft -> Recognition.says(draft, body));
        if (asked.isPresent()) {
            require(request, asked.get(), "invalid_credential_request");
            return usage.during(asked.get().label(), request, () -> inDraft(request, body, asked.get()));
        }
        var candidates = Recognition.candidates(body);
        if (candidates.isEmpty() || accepted.strict()) {
            var response = standard(request);
            if (response.successful()) {
                return accepted.tolerant() ? withOldMembers(response, body) : response;
            }
            return Recognition.complete(body) ? response : advised(request, body, response);
        }
        var draft = candidates.reversed().stream()
                .filter(accepted.drafts()::contains)
                .findFirst();
        if (draft.isEmpty()) {
            return advised(request, body, standard(request));
        }
        require(request, draft.get(), "invalid_credential_request");
        return usage.during(draft.get().label(), request, () -> inDraft(request, body, draft.get()));
    }

    private Response advised(Request request, JsonObject body, Response response) {
        var likely = Recognition.candidates(body);
        if (response.status() == 400 && !likely.isEmpty()) {
            usage.refused(likely.getLast().label(), request);
        }
        return Advice.credential(body, response);
    }

    private void require(Request request, Draft draft, String code) {
        try {
            accepted.require(draft, code);
        } catch (Refusal over) {
            usage.refused(draft.label(), request);
            throw over;
        }
    }

    private Response inDraft(Request request, JsonObject body, Draft draft) {
        var translated = translator(body).credential(request, body, Dialect.of(draft));
        return translated.sent(accepted.tolerant() ? tolerant(translated) : translated.answer());
    }

    private Translator translator(JsonObject body) {
        return OwnIdentifier.text(body, "format")
                                .filter(LegacySdJwtVc.IDENTIFIER::equals)
                                .isPresent()
                        && !body.has("credential_definition")
                ? legacy
                : standard;
    }

    /// What clients of any mixture look for, as far as it does not contradict itself: one credential is there in every shape.
    private static Answer tolerant(Translator.Translated translated) {
        var answer = translated.answer();
        var exchange = translated.exchange();
        if (!answer.successful()) {
            return answer.isError("invalid_proof") || answer.isError("invalid_nonce")
                    ? exchange.withNonce(answer)
                    : answer;
        }
        var body = answer.body();
        if (body.has("credential") && !body.has("credentials")) {
            answer = answer.with(
                    "credentials",
                    List.of(JsonObject.builder()
                            .put(
                                    "credential",
                                    Objects.requireNonNull(body.members().get("credential")))
                            .build()));
        } else if (exchange.single() && body.has("credentials")) {
            answer = single(answer);
        }
        if (body.has("transaction_id") && !body.has("acceptance_token")) {
            answer = answer.with(
                    "acceptance_token",
                    new AcceptanceToken(exchange.accessToken().orElse(""), body.string("transaction_id")).write());
        }
        if (exchange.format().isPresent() && !body.has("transaction_id")) {
            answer = answer.with("format", exchange.format().get());
        }
        return body.has("c_nonce") ? answer : exchange.withNonce(answer);
    }

    private static Answer single(Answer answer) {
        var credentials = answer.body().optionalArray("credentials").orElse(List.of());
        if (credentials.size() == 1 && credentials.getFirst() instanceof Map<?, ?> wrapped) {
            var credential = wrapped.get("credential");
            return credential == null ? answer : answer.with("credential", credential);
        }
        return answer;
    }

    /// A 1.0 answer stays one: what is added beside it is ignored by whoever does not know it (§8.3).
    private Response withOldMembers(Response response, JsonObject body) {
        if (!response.mediaType().equals("application/json")) {
            return response;
        }
        var catalogue = Catalogue.of(standard.metadata());
        var id = OwnIdentifier.text(body, "credential_configuration_id");
        var exchange = standard.exchange(
                Request.post(standard.issuer().metadata().credentialEndpoint()),
                body,
                true,
                id.flatMap(catalogue::format));
        var answer = single(new Answer(response.status(), response.bodyObject()));
        if (exchange.format().isPresent() && answer.body().has("credential")) {
            answer = answer.with("format", exchange.format().get()).with("credential_profile", id.get());
        }
        return new Response(
                response.status(),
                response.headers(),
                exchange.withNonce(answer).body().bytes());
    }

    private Response batch(Request request) {
        var body = OwnIdentifier.body(request);
        if (body.isEmpty()) {
            return Refusal.of("invalid_request", 400, "a Batch Credential Request is application/json")
                    .response();
        }
        var draft = Recognition.ofBatch(body.get(), accepted.drafts());
        require(request, draft, "invalid_request");
        return usage.during(
                draft.label(), request, () -> Batch.answer(request, body.get(), Dialect.of(draft), standard));
    }

    /// By what a wallet comes back with, it is known how it asked.
    private Response deferred(Request request) {
        var bearer = OwnIdentifier.acceptance(request);
        if (bearer.isPresent()) {
            return again(
                    Translator.accepted(request, bearer.get()),
                    JsonObject.empty(),
                    bearer.get().transactionId(),
                    false);
        }
        var body = OwnIdentifier.body(request).or(() -> form(request)).orElse(JsonObject.empty());
        var token = OwnIdentifier.text(body, "acceptance_token").flatMap(AcceptanceToken::read);
        if (token.isPresent()) {
            // Who sends it in the body has his access token in the header, and that is the one that counts.
            return again(request, body.without("acceptance_token"), token.get().transactionId(), true);
        }
        var handle = OwnIdentifier.text(body, "transaction_id");
        return handle.flatMap(Later::read).isPresent() ? again(request, body, handle.get(), false) : standard(request);
    }

    private static Optional<JsonObject> form(Request request) {
        if (!request.mediaType().equals(Form.MEDIA_TYPE)) {
            return Optional.empty();
        }
        try {
            return Form.read(new String(request.body(), StandardCharsets.UTF_8))
                    .value("acceptance_token")
                    .map(token ->
                            JsonObject.builder().put("acceptance_token", token).build());
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /// @param gently whether "not yet" is an answer rather than an error
    private Response again(Request request, JsonObject body, String handle, boolean gently) {
        var later = Later.read(handle);
        if (later.isEmpty() || !accepted.drafts().contains(later.get().draft())) {
            return standard(request);
        }
        var draft = later.get().draft();
        require(request, draft, "invalid_request");
        return usage.during(draft.label(), request, () -> {
            var translator = later.get().format().equals(LegacySdJwtVc.IDENTIFIER)
                            && !Catalogue.of(standard.metadata()).hasFormat(LegacySdJwtVc.IDENTIFIER)
                    ? legacy
                    : standard;
            var translated = translator.deferred(request, body, later.get(), Dialect.of(draft));
            if (gently && translated.answer().isError("issuance_pending")) {
                var pending = JsonObject.builder()
                        .putIf(
                                "acceptance_token",
                                Optional.of(new AcceptanceToken(
                                                translated
                                                        .exchange()
                                                        .accessToken()
                                                        .orElse(""),
                                                handle)
                                        .write()))
                        .put("interval", translated.answer().body().integer("interval"))
                        .build();
                return Response.json(202, pending).noStore();
            }
            return translated.sent(accepted.tolerant() ? tolerant(translated) : translated.answer());
        });
    }
}
