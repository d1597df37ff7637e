package dev.intaglio.protocol.oauth;

import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.trail.Trail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place where a [Refusal] becomes its wire error and anything else a 500 that says nothing and logs everything.
public final class ErrorResponses implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorResponses.class);

    private final Handler endpoints;
    private final Wording wording;

    public ErrorResponses(Handler endpoints, Wording wording) {
        this.endpoints = endpoints;
        this.wording = wording;
    }

    @Override
    public Response handle(Request request) {
        try {
            return endpoints.handle(request);
        } catch (Refusal refusal) {
            Trail.refused(refusal.error(), refusal.description(), refusal.explanation());
            LOG.info(
                    "{} refused: {} ({})",
                    request,
                    refusal.error().isEmpty() ? refusal.status() : refusal.error(),
                    reason(refusal));
            return refusal.response(wording.of(refusal, request));
        } catch (RuntimeException fault) {
            LOG.error("{} failed", request, fault);
            return Refusal.of(
                            "server_error", 500, "the server met an unexpected condition; its operator has the details")
                    .response();
        }
    }

    private static String reason(Refusal refusal) {
        return refusal.detail().isEmpty() ? refusal.description() : refusal.description() + "; " + refusal.detail();
    }
}
