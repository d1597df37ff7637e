package dev.intaglio.authorization.par;

import dev.intaglio.authorization.authorize.RequestChecks;
import dev.intaglio.authorization.client.Client;
import dev.intaglio.authorization.client.Clients;
import dev.intaglio.authorization.interaction.Interactions;
import dev.intaglio.authorization.store.ParkedRequest;
import dev.intaglio.authorization.token.DpopPolicy;
import dev.intaglio.protocol.dpop.DpopVerifier;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.oauth.AuthorizationRequest;
import dev.intaglio.protocol.oauth.FormBody;
import dev.intaglio.protocol.oauth.TokenErrors;
import java.util.Optional;

/// The pushed authorization request endpoint (RFC 9126, section 2): who asks, for what, by which key; then a reference.
public final class PushedAuthorizationRequestEndpoint implements Handler {
    private final Clients clients;
    private final RequestChecks checks;
    private final DpopPolicy dpopPolicy;
    private final DpopVerifier dpop;
    private final Interactions interactions;

    public PushedAuthorizationRequestEndpoint(
            Clients clients,
            RequestChecks checks,
            DpopPolicy dpopPolicy,
            DpopVerifier dpop,
            Interactions interactions) {
        this.clients = clients;
        this.checks = checks;
        this.dpopPolicy = dpopPolicy;
        this.dpop = dpop;
        this.interactions = interactions;
    }

    @Override
    public Response handle(Request request) {
        var form = FormBody.read(request, "a pushed request", 413);
        var client = clients.of(request, form); // §2.1 (1)
        if (form.value("request_uri").isPresent()) { // §2.1 (2)
            throw TokenErrors.invalidRequest("request_uri has no place in a pushed request");
        }
        requireKnown(client, form);
        var pushed = checks.require(form); // §2.1 (3)
        var bound = bound(pushed, dpopKey(request)); // RFC 9449 §10.1
        return interactions
                .push(new ParkedRequest(bound, client.authenticated()))
                .write(); // §2.2
    }

    private void requireKnown(Client client, Form form) {
        var id = client.id().orElseThrow(() -> TokenErrors.invalidClient("client_id is missing"));
        if (form.value("client_id").isEmpty()) {
            throw TokenErrors.invalidRequest("client_id is missing");
        }
        checks.requireRedirect(id, form.value("redirect_uri"), client.authenticated());
    }

    /// By a header the client proves to have the key; by `dpop_jkt` it only names it, and proves it with the code.
    private static AuthorizationRequest bound(AuthorizationRequest request, Optional<String> key) {
        if (key.isEmpty()) {
            return request;
        }
        if (request.dpopKeyThumbprint().isPresent()
                && !request.dpopKeyThumbprint().equals(key)) {
            throw TokenErrors.invalidDpopProof("dpop_jkt is not the thumbprint of the key in the DPoP header");
        }
        return request.boundTo(key);
    }

    private Optional<String> dpopKey(Request request) {
        if (dpopPolicy == DpopPolicy.OFF) {
            return Optional.empty();
        }
        return switch (dpop.verify(request, Optional.empty())) {
            case DpopVerifier.Outcome.Absent() -> Optional.empty();
            case DpopVerifier.Outcome.Proven(var proof) -> Optional.of(proof.thumbprint());
            case DpopVerifier.Outcome.Bad bad -> throw TokenErrors.invalidDpopProof(bad);
            case DpopVerifier.Outcome.NonceWanted(var nonce) -> throw TokenErrors.useDpopNonce(nonce);
        };
    }
}
