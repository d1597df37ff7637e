package dev.intaglio.drafts.issuer;

import dev.intaglio.drafts.Dialect;
import dev.intaglio.drafts.Draft;
import dev.intaglio.drafts.draft11.AcceptanceToken;
import dev.intaglio.drafts.wire.Parts;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Headers;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.protocol.oauth.Refusal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// A draft at a Credential Issuer Identifier of its own: everything there is of the draft, and nothing is guessed. The audience
/// of proofs is that identifier; tokens are those of the issuer's authorization server.
final class OwnIdentifier implements Handler {
    private final Dialect dialect;
    private final Translator translator;
    private final Addresses at;
    private final Accepted accepted;
    private final Usage usage;
    private final Optional<AuthorizationServerMetadata> server;

    /// @param server the issuer's own
    OwnIdentifier(
            Draft draft,
            Translator translator,
            Accepted accepted,
            Usage usage,
            Optional<AuthorizationServerMetadata> server) {
        this.dialect = Dialect.of(draft);
        this.translator = translator;
        this.at = Addresses.of(translator.issuer());
        this.accepted = accepted;
        this.usage = usage;
        this.server = server;
    }

    boolean serves(String path) {
        return translator.issuer().serves(path)
                || at.metadata(path)
                || path.equals(at.batch().getRawPath())
                || path.startsWith(at.offers())
                || ofServer(path);
    }

    private boolean ofServer(String path) {
        return accepted.tolerant() && server.isPresent() && path.equals(at.server());
    }

    @Override
    public Response handle(Request request) {
        try {
            accepted.require(dialect.draft(), "invalid_request");
        } catch (Refusal over) {
            usage.refused(dialect.draft().label(), request);
            throw over;
        }
        return usage.during(dialect.draft().label(), request, () -> answer(request));
    }

    private Response answer(Request request) {
        var path = String.valueOf(request.uri().getRawPath());
        var inner = translator.issuer().handler();
        if (at.metadata(path)) {
            return request.method().equals("GET") ? metadata(request) : inner.handle(request);
        }
        if (ofServer(path)) {
            return Response.json(200, server.orElseThrow().write());
        }
        if (path.startsWith(at.offers())) {
            return changed(inner.handle(request), this::offer);
        }
        if (at.nonce().filter(path::equals).isPresent() && dialect.draft().upTo(Draft.DRAFT_14)) {
            return Refusal.of(
                            "not_found",
                            404,
                            "there is no nonce endpoint in " + dialect.draft().label())
                    .response();
        }
        if (!request.method().equals("POST")) {
            return inner.handle(request);
        }
        if (at.deferred(path)) {
            return deferred(request);
        }
        var batch = path.equals(at.batch().getRawPath()) && dialect.draft().upTo(Draft.DRAFT_13);
        if (!batch && !path.equals(at.credential())) {
            return inner.handle(request);
        }
        var body = body(request);
        if (body.isEmpty()) {
            return inner.handle(request);
        }
        if (batch) {
            return Batch.answer(request, body.get(), dialect, translator);
        }
        var translated = translator.credential(request, body.get(), dialect);
        return translated.sent(translated.answer());
    }

    /// Without conditions: what they would be about is another document.
    private Response metadata(Request request) {
        var plain = Request.get(request.uri().resolve(at.inserted())).with("Accept", "application/json");
        var languages = request.header("Accept-Language");
        var asked = languages.map(value -> plain.with("Accept-Language", value)).orElse(plain);
        return changed(translator.issuer().handler().handle(asked), metadata -> {
            var older = dialect.olderMetadata(metadata);
            if (dialect.draft().upTo(Draft.DRAFT_13)) {
                older = older.with("batch_credential_endpoint", at.batch().toString());
            }
            return accepted.tolerant() ? withServer(older) : older;
        });
    }

    /// For clients that look for the authorization server at the issuer's own identifier, and in its metadata.
    private JsonObject withServer(JsonObject metadata) {
        var endpoint = server.flatMap(AuthorizationServerMetadata::tokenEndpoint);
        return Parts.putIf(metadata, "token_endpoint", endpoint.map(URI::toString))
                .with("issuer", translator.issuer().identifier().toString());
    }

    /// Offers are made for the issuer; below this identifier they are offers of it.
    private JsonObject offer(JsonObject offer) {
        var here =
                offer.with("credential_issuer", translator.issuer().identifier().toString());
        return OfferedCode.mark(dialect.olderOffer(here), dialect.draft());
    }

    private Response deferred(Request request) {
        var acceptance = dialect.draft() == Draft.DRAFT_11 ? acceptance(request) : Optional.<AcceptanceToken>empty();
        if (acceptance.isPresent()) {
            return again(
                    Translator.accepted(request, acceptance.get()),
                    JsonObject.empty(),
                    acceptance.get().transactionId());
        }
        var body = body(request);
        var transaction = body.flatMap(one -> text(one, "transaction_id"));
        return transaction.isEmpty()
                ? translator.issuer().handler().handle(request)
                : again(request, body.get(), transaction.get());
    }

    private Response again(Request request, JsonObject body, String handle) {
        var later = Later.read(handle).orElseGet(() -> new Later(dialect.draft(), "", handle));
        var translated = translator.deferred(request, body, later, dialect);
        return translated.sent(translated.answer());
    }

    static Optional<AcceptanceToken> acceptance(Request request) {
        return Translator.token(request).flatMap(AcceptanceToken::read);
    }

    static Optional<JsonObject> body(Request request) {
        if (!request.mediaType().equals("application/json")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.readObject(request.body()));
        } catch (JsonException malformed) {
            return Optional.empty();
        }
    }

    static Optional<String> text(JsonObject body, String name) {
        return Objects.requireNonNullElse(body.members().get(name), "") instanceof String text && !text.isEmpty()
                ? Optional.of(text)
                : Optional.empty();
    }

    static Response changed(Response response, Function<JsonObject, JsonObject> change) {
        if (response.status() != 200 || !response.mediaType().equals("application/json")) {
            return response;
        }
        var fields = new LinkedHashMap<>(response.headers().fields());
        fields.remove("etag");
        var body = change.apply(response.bodyObject());
        return new Response(200, Headers.of(fields), body.bytes());
    }
}
