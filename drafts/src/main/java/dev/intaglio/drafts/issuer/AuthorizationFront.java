package dev.intaglio.drafts.issuer;

import dev.intaglio.drafts.Dialect;
import dev.intaglio.drafts.Draft;
import dev.intaglio.drafts.issuer.AuthorizationDetails.Named;
import dev.intaglio.drafts.wire.Answer;
import dev.intaglio.drafts.wire.Exchange;
import dev.intaglio.protocol.clientattestation.ClientAttestation;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drafts at the authorization server: there is one for all identifiers of the issuer, so what it is asked is put in the words
/// of 1.0 and of the issuer's own identifier, and its tokens come with a `c_nonce` if a draft that needs it is spoken.
final class AuthorizationFront implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorizationFront.class);

    private final Handler server;
    private final Set<String> token;
    private final Set<String> asking;
    private final Translator issuer;
    private final AuthorizationDetails details;
    private final PinnedTokens pinned;
    private final Accepted accepted;
    private final Usage usage;

    AuthorizationFront(
            Handler server,
            AuthorizationServerMetadata metadata,
            Translator issuer,
            Set<String> otherIdentifiers,
            PinnedTokens pinned,
            Accepted accepted,
            Usage usage) {
        this.server = server;
        this.token = paths(metadata.tokenEndpoint());
        this.asking = new LinkedHashSet<>(paths(metadata.authorizationEndpoint()));
        asking.addAll(paths(metadata.pushedAuthorizationRequestEndpoint()));
        this.issuer = issuer;
        this.details = new AuthorizationDetails(issuer, otherIdentifiers);
        this.pinned = pinned;
        this.accepted = accepted;
        this.usage = usage;
    }

    private static Set<String> paths(Optional<URI> endpoint) {
        return endpoint.map(URI::getRawPath).map(Set::of).orElse(Set.of());
    }

    @Override
    public Response handle(Request request) {
        var path = String.valueOf(request.uri().getRawPath());
        var isToken = token.contains(path);
        if (!isToken && !asking.contains(path)) {
            return server.handle(request);
        }
        return isToken ? token(request) : server.handle(accepted.strict() ? request : standard(request));
    }

    private Response token(Request request) {
        var response = answered(request);
        if (response.successful()) {
            request.header(ClientAttestation.HEADER).ifPresent(this::learn);
        }
        return response;
    }

    /// The server has taken it, so it says who attests the client.
    private void learn(String attestation) {
        try {
            var claims = SignedJwt.parse(attestation).claims();
            var client = claims.optionalString("sub");
            var attester = claims.optionalString("iss");
            if (client.isPresent() && attester.isPresent()) {
                usage.attested(client.get(), attester.get());
            }
        } catch (JsonException unreadable) {
            LOG.debug("An attestation that was taken cannot be read", unreadable);
        }
    }

    private Response answered(Request request) {
        var form = form(request);
        var offered = form.flatMap(one -> one.value(OfferedCode.PARAMETER))
                .flatMap(OfferedCode::read)
                .filter(one -> accepted.drafts().contains(one.draft()));
        if (offered.isPresent()) {
            return inDraft(request, form.orElseThrow(), offered.get());
        }
        // Wallets of several versions send the code under both names; then the newer one counts.
        var pin = form.filter(one -> one.value("tx_code").isEmpty())
                .flatMap(one -> one.value("user_pin"))
                .isPresent();
        if (!accepted.upTo(Draft.DRAFT_14)) {
            var response = server.handle(accepted.strict() ? request : standard(request));
            return pin ? advised(request, response) : response;
        }
        if (!pin) {
            var named =
                    accepted.drafts().contains(Draft.DRAFT_14) ? form.flatMap(details::named) : Optional.<Named>empty();
            return named.map(one -> described(request, one))
                    .orElseGet(() -> withNonce(server.handle(standard(request))));
        }
        var draft = List.of(Draft.DRAFT_12, Draft.DRAFT_11).stream()
                .filter(accepted.drafts()::contains)
                .findFirst();
        if (draft.isEmpty()) {
            return advised(request, server.handle(request));
        }
        accepted.require(draft.get(), "invalid_request");
        var renamed = Dialect.of(Draft.DRAFT_12).newerTokenRequest(form.orElseThrow());
        var response = server.handle(standard(request.withBody(Form.MEDIA_TYPE, renamed.bytes())));
        return pinned(response, draft.get());
    }

    /// Draft 14 has authorization details by format and type answered with identifiers, and nothing in a request by such an
    /// identifier tells it from one of 1.0.
    private Response described(Request request, Named named) {
        accepted.require(Draft.DRAFT_14, "invalid_request");
        var response =
                server.handle(request.withBody(Form.MEDIA_TYPE, named.form().bytes()));
        if (!response.successful()) {
            return response;
        }
        var answer = named.answer(response.bodyObject());
        return pinned(new Response(response.status(), response.headers(), answer.bytes()), Draft.DRAFT_14);
    }

    private Response pinned(Response response, Draft draft) {
        if (!response.successful()) {
            return response;
        }
        pinned.pin(draft, response.bodyObject());
        return inDraft(response, Dialect.of(draft));
    }

    /// By its code it is known how the offer was read.
    private Response inDraft(Request request, Form form, OfferedCode offered) {
        accepted.require(offered.draft(), "invalid_request");
        var dialect = Dialect.of(offered.draft());
        var bare = form.with(OfferedCode.PARAMETER, offered.code());
        var newer = dialect.newerTokenRequest(bare.value("tx_code").isPresent() ? bare.without("user_pin") : bare);
        var named = offered.draft() == Draft.DRAFT_14 ? details.named(newer) : Optional.<Named>empty();
        if (named.isPresent()) {
            return described(request, named.get());
        }
        var response = server.handle(standard(request.withBody(Form.MEDIA_TYPE, newer.bytes())));
        return response.successful() ? inDraft(response, dialect) : response;
    }

    private Response inDraft(Response response, Dialect dialect) {
        var answer = dialect.olderTokenAnswer(new Answer(response.status(), response.bodyObject()), exchange());
        return new Response(response.status(), response.headers(), answer.body().bytes());
    }

    private Exchange exchange() {
        return issuer.exchange(Request.post(issuer.issuer().identifier()), JsonObject.empty(), true, Optional.empty());
    }

    private Response advised(Request request, Response response) {
        if (response.status() == 400) {
            usage.refused(Draft.DRAFT_12.label(), request);
        }
        return Advice.token(response);
    }

    private Response withNonce(Response response) {
        if (!response.successful()) {
            return response;
        }
        var answer = exchange().withNonce(new Answer(response.status(), response.bodyObject()));
        return new Response(response.status(), response.headers(), answer.body().bytes());
    }

    /// With what names credentials by format and type named by scope, and this issuer by its own identifier.
    private Request standard(Request request) {
        if (request.method().equals("GET")) {
            var query = Optional.ofNullable(request.uri().getRawQuery()).orElse("");
            if (!query.contains("authorization_details") && !query.contains("resource")) {
                return request;
            }
            try {
                var changed = details.standard(Form.read(query)).encoded();
                var uri = request.uri();
                return new Request(
                        request.method(),
                        URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath() + "?" + changed),
                        request.headers(),
                        request.body(),
                        request.remote());
            } catch (IllegalArgumentException malformed) {
                return request;
            }
        }
        return form(request)
                .filter(form -> form.value("authorization_details").isPresent()
                        || form.value("resource").isPresent())
                .map(form ->
                        request.withBody(Form.MEDIA_TYPE, details.standard(form).bytes()))
                .orElse(request);
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
