package dev.intaglio.spring;

import dev.intaglio.protocol.http.Response;

/// Lets wallets that run in a browser call us (Fetch Standard, "CORS protocol"). Any origin may: requests carry a token or
/// a code, never a cookie.
final class CrossOrigin {
    private CrossOrigin() {}

    /// Lets scripts read an answer, and in it the headers that the protocol speaks by.
    static Response readable(Response answer) {
        return answer.with("Access-Control-Allow-Origin", "*")
                .with("Access-Control-Expose-Headers", "DPoP-Nonce, Retry-After, WWW-Authenticate, X-Request-Id");
    }

    /// The answer to the question that browsers send ahead. `Authorization` is named because `*` does not include it.
    static Response preflight() {
        return Response.status(204)
                .with("Access-Control-Allow-Origin", "*")
                .with("Access-Control-Allow-Methods", "GET, HEAD, POST")
                .with("Access-Control-Allow-Headers", "Authorization, Content-Type, DPoP, *")
                .with("Access-Control-Max-Age", "7200");
    }
}
