package dev.intaglio.cli;

import dev.intaglio.protocol.clientattestation.ClientAttestation;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/// A transport that tells of each request in a line: what was asked, how it was answered, and what that is good for.
/// Addresses are those of our own server.
final class Exchanges implements Handler {
    private static final String JWT = "application/jwt";

    private final Handler transport;
    private final Consumer<String> listener;
    private volatile String tokenType = "";
    private volatile String clientAuthentication = "";
    private volatile boolean encrypted;
    private volatile String requestId = "";

    Exchanges(Handler transport, Consumer<String> listener) {
        this.transport = transport;
        this.listener = listener;
    }

    @Override
    public Response handle(Request request) {
        var response = transport.handle(request);
        response.header("X-Request-Id").ifPresent(id -> requestId = id);
        if (request.uri().getPath().endsWith("/token") && response.successful()) {
            tokenType = member(response, "token_type").orElse("");
            clientAuthentication = authentication(request);
        }
        if (request.uri().getPath().endsWith("/credential") && response.successful()) {
            encrypted = JWT.equals(request.mediaType()) && JWT.equals(response.mediaType());
        }
        listener.accept("%-4s %-47s %d  %s"
                .formatted(
                        request.method(),
                        shortened(request.uri().getPath()),
                        response.status(),
                        meaning(request, response)));
        return response;
    }

    /// `DPoP` or `Bearer`; empty before there was a token.
    String tokenType() {
        return tokenType;
    }

    /// What the server calls the last request: by it, all of them can be looked up.
    String requestId() {
        return requestId;
    }

    /// Whether the Credential Request and its response were encrypted on top of TLS.
    boolean encrypted() {
        return encrypted;
    }

    /// The method by which the wallet authenticated for its token; `none` for a public client.
    String clientAuthentication() {
        return clientAuthentication;
    }

    private static String authentication(Request request) {
        if (request.header(ClientAttestation.HEADER).isPresent()) {
            return ClientAttestation.METHOD;
        }
        return form(request).value("client_assertion").isPresent() ? "private_key_jwt" : "none";
    }

    private static Form form(Request request) {
        return Form.read(new String(request.body(), StandardCharsets.UTF_8));
    }

    private String meaning(Request request, Response response) {
        var path = request.uri().getPath();
        if (!response.successful()) {
            var error = member(response, "error").orElse("no reason given");
            return switch (error) {
                case "use_dpop_nonce" -> "once more, with the server's nonce in the DPoP proof";
                case "use_attestation_challenge" -> "once more, with the server's challenge in the wallet's proof";
                default -> error;
            };
        }
        if (path.contains("/offers/")) {
            return "the offer that the link is about";
        }
        if (path.contains("/openid-credential-issuer")) {
            return "what the issuer has, and where";
        }
        if (path.contains("/oauth-authorization-server")) {
            return "where access tokens come from";
        }
        if (path.endsWith("/challenge")) {
            return "a challenge to prove the attested key with";
        }
        if (path.endsWith("/par")) {
            return "PAR: the authorization request" + proofs(request);
        }
        if (path.endsWith("/token")) {
            var code = form(request).value("code_verifier").isPresent() ? "the browser's code" : "the offer's code";
            return code + " for an access token (" + tokenType + ")" + proofs(request);
        }
        if (path.endsWith("/nonce")) {
            return "a fresh nonce for the key proof";
        }
        if (path.endsWith("/deferred_credential")) {
            return "whether the credential is ready";
        }
        return path.endsWith("/credential")
                ? "token and key proof for the credential" + (encrypted ? ", encrypted both ways" : "")
                : "";
    }

    private static String proofs(Request request) {
        var attested = request.header(ClientAttestation.HEADER).isPresent() ? ", with the wallet's attestation" : "";
        var nonce = request.header(DpopProof.HEADER)
                .filter(proof -> SignedJwt.parse(proof).claims().has("nonce"))
                .isPresent();
        return attested + (nonce ? ", with DPoP nonce" : "");
    }

    private static String shortened(String path) {
        return path.length() <= 47 ? path : path.substring(0, 46) + "…";
    }

    private static Optional<String> member(Response response, String name) {
        try {
            return response.bodyObject().optionalString(name);
        } catch (JsonException none) {
            return Optional.empty();
        }
    }
}
