package dev.intaglio.wallet;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Sends requests with DPoP proofs by one key: takes up every nonce a server hands out, keeps those of different servers
/// apart, and tries once more when a server asks for a nonce (RFC 9449, sections 8 and 9).
final class DpopClient {
    private final Handler transport;
    private final SigningKey key;
    private final Clock clock;
    private final SecureRandom random;
    private final Map<String, String> nonces = new ConcurrentHashMap<>();

    DpopClient(Handler transport, SigningKey key, Clock clock, SecureRandom random) {
        this.transport = transport;
        this.key = key;
        this.clock = clock;
        this.random = random;
    }

    /// @param server who keeps the nonces: the authorization server and a credential issuer of the same host are two
    /// @param accessToken present at a protected resource
    Response send(Request request, String server, Optional<String> accessToken) {
        var response = sendOnce(request, server, accessToken);
        return asksForNonce(response) ? sendOnce(request, server, accessToken) : response;
    }

    /// Takes up a nonce that came with any other response, such as that of the nonce endpoint (§7.2).
    void remember(String server, Response response) {
        response.header(DpopProof.NONCE_HEADER).ifPresent(nonce -> nonces.put(server, nonce));
    }

    private Response sendOnce(Request request, String server, Optional<String> accessToken) {
        var proof = DpopProof.make(
                key,
                DpopProof.newId(random),
                request.method(),
                request.uri(),
                clock.instant(),
                Optional.ofNullable(nonces.get(server)),
                accessToken);
        var response = transport.handle(request.with(DpopProof.HEADER, proof));
        remember(server, response);
        return response;
    }

    private static boolean asksForNonce(Response response) {
        if (response.header(DpopProof.NONCE_HEADER).isEmpty()
                || (response.status() != 400 && response.status() != 401)) {
            return false;
        }
        if (response.headers().all("WWW-Authenticate").stream()
                .anyMatch(challenge -> challenge.contains("use_dpop_nonce"))) {
            return true;
        }
        try {
            return response.bodyObject()
                    .optionalString("error")
                    .filter("use_dpop_nonce"::equals)
                    .isPresent();
        } catch (JsonException other) {
            return false;
        }
    }
}
