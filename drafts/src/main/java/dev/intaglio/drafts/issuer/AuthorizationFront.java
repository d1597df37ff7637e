package dev.intaglio.drafts.issuer;

import dev.intaglio.drafts.Dialect;
import dev.intaglio.drafts.Draft;
import dev.intaglio.drafts.wire.Answer;
import dev.intaglio.drafts.wire.Catalogue;
import dev.intaglio.protocol.clientattestation.ClientAttestation;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    private final Set<String> otherIdentifiers;
    private final Accepted accepted;
    private final Usage usage;

    AuthorizationFront(
            Handler server,
            AuthorizationServerMetadata metadata,
            Translator issuer,
            Set<String> otherIdentifiers,
            Accepted accepted,
            Usage usage) {
        this.server = server;
        this.token = paths(metadata.tokenEndpoint());
        this.asking = new LinkedHashSet<>(paths(metadata.authorizationEndpoint()));
        asking.addAll(paths(metadata.pushedAuthorizationRequestEndpoint()));
        this.issuer = issuer;
        this.otherIdentifiers = Set.copyOf(otherIdentifiers);
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
        // Wallets of several versions send the code under both names; then the newer one counts.
        var pin = form.filter(one -> one.value("tx_code").isEmpty())
                .flatMap(one -> one.value("user_pin"))
                .isPresent();
        if (!accepted.upTo(Draft.DRAFT_14)) {
            var response = server.handle(accepted.strict() ? request : standard(request));
            return pin ? advised(request, response) : response;
        }
        if (!pin) {
            return withNonce(server.handle(standard(request)));
        }
        var draft = List.of(Draft.DRAFT_12, Draft.DRAFT_11).stream()
                .filter(accepted.drafts()::contains)
                .findFirst();
        if (draft.isEmpty()) {
            return advised(request, server.handle(request));
        }
        accepted.require(draft.get(), "invalid_request");
        var renamed = Dialect.of(Draft.DRAFT_12).newerTokenRequest(form.orElseThrow());
        return withNonce(server.handle(standard(request.withBody(Form.MEDIA_TYPE, renamed.bytes()))));
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
        var exchange =
                issuer.exchange(Request.post(issuer.issuer().identifier()), JsonObject.empty(), true, Optional.empty());
        var answer = Dialect.of(Draft.DRAFT_14)
                .olderTokenAnswer(new Answer(response.status(), response.bodyObject()), exchange);
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
                var changed = standard(Form.read(query)).encoded();
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
                .map(form -> request.withBody(Form.MEDIA_TYPE, standard(form).bytes()))
                .orElse(request);
    }

    private Form standard(Form form) {
        var changed = form.value("resource")
                .filter(otherIdentifiers::contains)
                .map(other -> form.with("resource", issuer.issuer().identifier().toString()))
                .orElse(form);
        var details = form.value("authorization_details").flatMap(AuthorizationFront::details);
        if (details.isEmpty()) {
            return changed;
        }
        var catalogue = Catalogue.of(issuer.metadata());
        var scopes = new LinkedHashSet<>(
                changed.value("scope").map(scope -> List.of(scope.split(" "))).orElse(List.of()));
        var left = new ArrayList<Object>();
        for (var detail : details.get()) {
            var scope = described(detail) ? scope(detail, catalogue) : Optional.<String>empty();
            if (scope.isPresent()) {
                scopes.add(scope.get());
            } else {
                left.add(located(detail).members());
            }
        }
        if (!scopes.isEmpty()) {
            changed = changed.with("scope", String.join(" ", scopes));
        }
        return left.isEmpty()
                ? changed.without("authorization_details")
                : changed.with("authorization_details", Json.writeString(left));
    }

    private static boolean described(JsonObject detail) {
        return detail.has("format") && !detail.has("credential_configuration_id");
    }

    /// By scope, so that the credential can be asked for by format and type afterwards; 1.0 would hand out identifiers to ask by.
    private static Optional<String> scope(JsonObject detail, Catalogue catalogue) {
        var wanted =
                LegacySdJwtVc.IDENTIFIER.equals(detail.optionalString("format").orElse("")) && detail.has("vct")
                        ? detail.with("format", "dc+sd-jwt")
                        : detail;
        return catalogue.matching(wanted).stream()
                .findFirst()
                .flatMap(catalogue::find)
                .flatMap(configuration -> configuration.optionalString("scope"));
    }

    private JsonObject located(JsonObject detail) {
        return detail.optionalStrings("locations")
                .map(locations -> detail.with(
                        "locations",
                        locations.stream()
                                .map(one -> otherIdentifiers.contains(one)
                                        ? issuer.issuer().identifier().toString()
                                        : one)
                                .distinct()
                                .toList()))
                .orElse(detail);
    }

    private static Optional<List<JsonObject>> details(String parameter) {
        try {
            if (!(Json.read(parameter.getBytes(StandardCharsets.UTF_8), JsonLimits.REQUEST) instanceof List<?> array)) {
                return Optional.empty();
            }
            var details = new ArrayList<JsonObject>();
            for (var element : array) {
                if (!(element instanceof Map<?, ?> members)) {
                    return Optional.empty();
                }
                details.add(JsonObject.of(members));
            }
            return Optional.of(details);
        } catch (JsonException malformed) {
            return Optional.empty();
        }
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
