package dev.intaglio.drafts.wallet;

import dev.intaglio.drafts.Dialect;
import dev.intaglio.drafts.Draft;
import dev.intaglio.drafts.wire.Answer;
import dev.intaglio.drafts.wire.Catalogue;
import dev.intaglio.drafts.wire.Exchange;
import dev.intaglio.protocol.dialect.Interpreter;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Headers;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/// A wallet's transport that finds out by its metadata what an issuer speaks, and translates from then on. The wallet sees 1.0:
/// metadata at its place, a nonce endpoint, `proofs`, `credentials`.
final class DraftTransport implements Interpreter, Handler {
    private static final String JSON = "application/json";
    private static final String WELL_KNOWN = "/.well-known/" + CredentialIssuerMetadata.WELL_KNOWN;

    /// Where no nonce has come yet: the issuer refuses it, and its refusal carries one.
    private static final String NO_NONCE = "none";

    private final Handler transport;
    private final Map<URI, SpokenTo> issuers = new ConcurrentHashMap<>();
    private final Map<URI, SpokenTo> byAddress = new ConcurrentHashMap<>();
    private volatile Optional<SpokenTo> last = Optional.empty();

    DraftTransport(Handler transport) {
        this.transport = transport;
    }

    @Override
    public Handler transport() {
        return this;
    }

    @Override
    public Optional<String> spoken() {
        return last.map(issuer -> issuer.dialect().draft().label());
    }

    @Override
    public Response handle(Request request) {
        var path = String.valueOf(request.uri().getRawPath());
        if (request.method().equals("GET")) {
            return path.startsWith(WELL_KNOWN) ? metadata(request) : translatedOffer(transport.handle(request));
        }
        var address = request.uri();
        var issuer = Optional.ofNullable(byAddress.get(address));
        if (issuer.isPresent()) {
            return toIssuer(request, issuer.get());
        }
        return form(request)
                        .filter(form -> form.value("grant_type").isPresent())
                        .isPresent()
                ? token(request)
                : transport.handle(request);
    }

    /// A link whose offer is of a draft, or whose scheme is not followed by a question mark, as an example of draft 11 has it.
    @Override
    public String link(String link) {
        var marked = link.indexOf('?') < 0
                ? link.replaceFirst("^([a-zA-Z][a-zA-Z0-9+.-]*://)(credential_offer(?:_uri)?=)", "$1?$2")
                : link;
        var question = marked.indexOf('?');
        if (question < 0) {
            return link;
        }
        try {
            var query = Form.read(marked.substring(question + 1));
            var offer = query.value("credential_offer").map(Json::readObject);
            if (offer.filter(one -> one.has("credentials")).isEmpty()) {
                return marked;
            }
            return marked.substring(0, question + 1)
                    + query.with("credential_offer", newer(offer.get()).text()).encoded();
        } catch (IllegalArgumentException unreadable) {
            return marked;
        }
    }

    private Response translatedOffer(Response response) {
        if (!response.successful() || !response.mediaType().equals(JSON)) {
            return response;
        }
        try {
            var body = response.bodyObject();
            return body.has("credential_issuer") && body.has("credentials")
                    ? withBody(response, newer(body))
                    : response;
        } catch (JsonException other) {
            return response;
        }
    }

    /// Draft 11 may describe credentials instead of naming them, so the issuer's metadata is asked first.
    private JsonObject newer(JsonObject offer) {
        var identifier = URI.create(offer.string("credential_issuer"));
        metadata(Request.get(WellKnown.address(identifier, CredentialIssuerMetadata.WELL_KNOWN)));
        var issuer = Optional.ofNullable(issuers.get(identifier));
        var dialect = issuer.map(SpokenTo::dialect)
                .filter(one -> one.draft().upTo(Draft.DRAFT_12))
                .orElseGet(() -> Dialect.of(Draft.DRAFT_11));
        return dialect.newerOffer(
                offer, issuer.map(SpokenTo::catalogue).orElseGet(() -> Catalogue.of(JsonObject.empty())));
    }

    private Response metadata(Request request) {
        var response = transport.handle(request);
        if (readable(response)) {
            return learned(response, false);
        }
        var path = request.uri().getRawPath().substring(WELL_KNOWN.length());
        if (path.isEmpty()) {
            return response;
        }
        var appended = new Request(
                "GET", request.uri().resolve(path + WELL_KNOWN), request.headers(), request.body(), request.remote());
        var second = transport.handle(appended);
        return readable(second) ? learned(second, true) : response;
    }

    private static boolean readable(Response response) {
        return response.status() == 200 && response.mediaType().equals(JSON);
    }

    private Response learned(Response response, boolean appended) {
        try {
            var metadata = Json.readObject(response.body(), JsonLimits.DOCUMENT);
            var identifier = URI.create(metadata.string("credential_issuer"));
            var draft = Findings.of(metadata, appended);
            if (draft.isEmpty()) {
                last = Optional.empty();
                return response;
            }
            var dialect = Dialect.of(draft.get());
            var newer = dialect.newerMetadata(metadata);
            var credential = URI.create(newer.string("credential_endpoint"));
            if (draft.get().upTo(Draft.DRAFT_14)) {
                newer = newer.with("nonce_endpoint", nonces(credential).toString());
            }
            var sealed = SealedAnswers.demanded(newer);
            if (sealed.isPresent()) {
                newer = newer.without(SealedAnswers.PARAMETER); // it is seen to here
            }
            remember(identifier, dialect, newer, credential, sealed);
            return withBody(response, newer);
        } catch (IllegalArgumentException unreadable) {
            return response;
        }
    }

    private void remember(
            URI identifier, Dialect dialect, JsonObject metadata, URI credential, Optional<SealedAnswers> sealed) {
        var known = Optional.ofNullable(issuers.get(identifier));
        var issuer = new SpokenTo(
                dialect,
                Catalogue.of(metadata),
                credential,
                metadata.optionalString("deferred_credential_endpoint").map(URI::create),
                dialect.draft().upTo(Draft.DRAFT_14) ? Optional.of(nonces(credential)) : Optional.empty(),
                known.flatMap(SpokenTo::sealed).or(() -> sealed),
                known.map(SpokenTo::cNonce).orElseGet(() -> new AtomicReference<>("")));
        issuers.put(identifier, issuer);
        byAddress.put(credential, issuer);
        issuer.deferred().ifPresent(address -> byAddress.put(address, issuer));
        issuer.nonces().ifPresent(address -> byAddress.put(address, issuer));
        last = Optional.of(issuer);
    }

    /// Nobody serves it: what is asked there is answered here.
    private static URI nonces(URI credential) {
        return URI.create(credential + (credential.getRawQuery() == null ? "?" : "&") + "c_nonce");
    }

    /// Token endpoints are the authorization server's, which may serve several issuers: the one last looked at is meant.
    private Response token(Request request) {
        var issuer = last;
        if (issuer.isEmpty()) {
            return transport.handle(request);
        }
        var dialect = issuer.get().dialect();
        var form = form(request).orElseThrow();
        var response = transport.handle(request.withBody(
                Form.MEDIA_TYPE, dialect.olderTokenRequest(form).bytes()));
        if (!response.successful()) {
            return response;
        }
        remember(issuer.get(), response.bodyObject());
        return changed(response, answer -> dialect.newerTokenAnswer(answer));
    }

    private static void remember(SpokenTo issuer, JsonObject body) {
        body.optionalString("c_nonce").ifPresent(issuer.cNonce()::set);
    }

    private Response toIssuer(Request request, SpokenTo issuer) {
        last = Optional.of(issuer);
        if (issuer.nonces().filter(request.uri()::equals).isPresent()) {
            var nonce = issuer.cNonce().getAndSet("");
            return Response.json(
                            200,
                            JsonObject.builder()
                                    .put("c_nonce", nonce.isEmpty() ? NO_NONCE : nonce)
                                    .build())
                    .noStore();
        }
        if (!request.mediaType().equals(JSON)) {
            return transport.handle(request);
        }
        return request.uri().equals(issuer.credential()) ? credential(request, issuer) : deferred(request, issuer);
    }

    private Response credential(Request request, SpokenTo issuer) {
        var body = Json.readObject(request.body());
        var asked = issuer.sealed().map(one -> one.asked(body)).orElse(body);
        var older = issuer.dialect().olderCredentialRequest(asked, issuer.catalogue());
        var response = transport.handle(request.withBody(JSON, older.bytes()));
        var opened = issuer.sealed().map(one -> one.opened(response, true)).orElse(response);
        return answered(opened, issuer, answer -> issuer.dialect().newerCredentialAnswer(answer, Exchange.of(body)));
    }

    private Response deferred(Request request, SpokenTo issuer) {
        var body = Json.readObject(request.body());
        var transaction = body.optionalString("transaction_id").orElse("");
        var scheme = request.header("Authorization").orElse("").split(" ", 2)[0];
        var sent = issuer.dialect().draft() == Draft.DRAFT_11
                ? request.withBody(Form.MEDIA_TYPE, new byte[0]).with("Authorization", scheme + " " + transaction)
                : request.withBody(
                        JSON,
                        issuer.dialect()
                                .olderCredentialRequest(body, issuer.catalogue())
                                .bytes());
        var response = transport.handle(sent);
        return answered(
                issuer.sealed().map(one -> one.opened(response, false)).orElse(response),
                issuer,
                answer -> issuer.dialect().newerDeferredAnswer(answer, Exchange.of(body)));
    }

    private static Response answered(Response response, SpokenTo issuer, UnaryOperator<Answer> newer) {
        if (response.body().length == 0 || !response.mediaType().equals(JSON)) {
            return response;
        }
        remember(issuer, response.bodyObject());
        return changed(response, newer);
    }

    private static Response changed(Response response, UnaryOperator<Answer> change) {
        try {
            var answer =
                    change.apply(new Answer(response.status(), Json.readObject(response.body(), JsonLimits.DOCUMENT)));
            return new Response(
                    answer.status(), response.headers(), answer.body().bytes());
        } catch (JsonException unreadable) {
            return response;
        }
    }

    private static Response withBody(Response response, JsonObject body) {
        var fields = new TreeMap<>(response.headers().fields());
        fields.remove("content-length");
        return new Response(response.status(), Headers.of(fields), body.bytes());
    }

    private static Optional<Form> form(Request request) {
        if (!request.mediaType().equals(Form.MEDIA_TYPE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Form.read(new String(request.body(), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
