package dev.intaglio.authorization.authorize;

import dev.intaglio.authorization.interaction.Decision;
import dev.intaglio.authorization.interaction.Interactions;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.authorization.store.ParkedRequest;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.oauth.AuthorizationErrors;
import dev.intaglio.protocol.oauth.Refusal;
import dev.intaglio.protocol.oauth.TokenErrors;
import dev.intaglio.protocol.trail.Trail;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The authorization endpoint (RFC 6749 section 3.1, §5): takes a request from the browser, parks it, and sends the browser to
/// where its user is asked. Redirects are 303, so that no browser repeats a body somewhere else (RFC 9700, section 4.12).
public final class AuthorizationEndpoint implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorizationEndpoint.class);

    private final RequestChecks checks;
    private final Interactions interactions;
    private final UserInteraction userInteraction;
    private final boolean pushedOnly;

    /// @param pushedOnly whether a request must have been pushed (RFC 9126, section 5)
    public AuthorizationEndpoint(
            RequestChecks checks, Interactions interactions, UserInteraction userInteraction, boolean pushedOnly) {
        this.checks = checks;
        this.interactions = interactions;
        this.userInteraction = userInteraction;
        this.pushedOnly = pushedOnly;
    }

    @Override
    public Response handle(Request request) {
        var form = form(request);
        var clientId = form.value("client_id").orElseThrow(() -> TokenErrors.invalidRequest("client_id is missing"));
        return form.value("request_uri")
                .map(requestUri -> pushed(clientId, requestUri))
                .orElseGet(() -> plain(clientId, form));
    }

    private Response pushed(String clientId, String requestUri) {
        return interactions
                .pushed(requestUri)
                .filter(parked -> parked.request().clientId().equals(clientId))
                .map(parked -> open(clientId, requestUri, parked))
                .or(() -> interactions
                        .over(requestUri)
                        .filter(parked -> parked.request().clientId().equals(clientId))
                        .map(this::tooLate))
                .orElseThrow(() -> AuthorizationErrors.invalidRequestUri(
                        "the request_uri is unknown or of another client; start again in your wallet"));
    }

    private Response tooLate(ParkedRequest parked) {
        var request = parked.request();
        checks.requireRedirect(request.clientId(), Optional.of(request.redirectUri()), parked.clientAuthenticated());
        return orTellClient(request.redirectUri(), request.state(), () -> {
            throw over();
        });
    }

    private Response open(String clientId, String requestUri, ParkedRequest parked) {
        var request = parked.request();
        checks.requireRedirect(clientId, Optional.of(request.redirectUri()), parked.clientAuthenticated());
        return orTellClient(request.redirectUri(), request.state(), () -> {
            checks.requireAgain(request);
            return interactions.open(requestUri);
        });
    }

    private Response plain(String clientId, Form form) {
        var redirectUri = form.value("redirect_uri");
        checks.requireRedirect(clientId, redirectUri, false);
        return orTellClient(redirectUri.orElseThrow(), form.value("state"), () -> {
            if (pushedOnly) {
                throw TokenErrors.invalidRequest("this server takes pushed authorization requests only");
            }
            return interactions.open(new ParkedRequest(checks.require(form), false));
        });
    }

    /// Now that the redirect URI is known to be the client's, refusals go there.
    private Response orTellClient(String redirectUri, Optional<String> state, Supplier<String> open) {
        try {
            return redirect(onwards(open.get()));
        } catch (Refusal refusal) {
            Trail.refused(refusal.error(), refusal.description(), refusal.explanation());
            LOG.info(
                    "authorization request refused: {} ({} {})",
                    refusal.error(),
                    refusal.description(),
                    refusal.detail());
            return redirect(interactions.failure(redirectUri, state, refusal));
        }
    }

    private URI onwards(String id) {
        return switch (userInteraction) {
            case UserInteraction.Pages(var address) -> address.of(id);
            // Another request with the same request_uri may have been first, and after this one found it.
            case UserInteraction.AutoApproval(var subject) ->
                interactions.complete(id, new Decision.Approved(subject)).orElseThrow(AuthorizationEndpoint::over);
        };
    }

    private static Refusal over() {
        return AuthorizationErrors.invalidRequestUri("the request_uri has expired or was already used");
    }

    private static Response redirect(URI where) {
        return Response.status(303)
                .with("Location", where.toString())
                .with("Referrer-Policy", "no-referrer")
                .noStore();
    }

    private static Form form(Request request) {
        try {
            return Form.read(Optional.ofNullable(request.uri().getRawQuery()).orElse(""));
        } catch (IllegalArgumentException malformed) {
            throw TokenErrors.invalidRequest(String.valueOf(malformed.getMessage()))
                    .because(malformed);
        }
    }
}
