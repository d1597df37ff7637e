package dev.intaglio.wallet;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Proves with each request that we have one key: takes up every nonce a server hands out and keeps those of different servers
/// apart (RFC 9449, sections 8 and 9).
final class DpopClient {
    /// Who keeps nonces: an authorization server and a Credential Issuer of the same host are two.
    enum Server {
        AUTHORIZATION_SERVER,
        CREDENTIAL_ISSUER
    }

    static final String USE_NONCE = "use_dpop_nonce";

    private final SigningKey key;
    private final Settings settings;
    private final Map<Server, String> nonces = new ConcurrentHashMap<>();

    DpopClient(SigningKey key, Settings settings) {
        this.key = key;
        this.settings = settings;
    }

    SigningKey key() {
        return key;
    }

    /// `jkt`, by which tokens and codes are bound to the key.
    String thumbprint() {
        return DpopProof.thumbprint(key.publicJwk());
    }

    /// The request with a fresh proof.
    ///
    /// @param accessToken present at a protected resource
    Request prove(Request request, Server server, Optional<String> accessToken) {
        var proof = DpopProof.make(
                key,
                DpopProof.newId(settings.random()),
                request.method(),
                request.uri(),
                settings.clock().instant(),
                Optional.ofNullable(nonces.get(server)),
                accessToken);
        return request.with(DpopProof.HEADER, proof);
    }

    /// Takes up a nonce that came with any response, such as that of the nonce endpoint (§7.2).
    void remember(Server server, Response response) {
        response.header(DpopProof.NONCE_HEADER).ifPresent(nonce -> nonces.put(server, nonce));
    }

    /// Whether a server refused for want of the nonce that came with its refusal.
    static boolean asksForNonce(Response response) {
        if (response.header(DpopProof.NONCE_HEADER).isEmpty()
                || (response.status() != 400 && response.status() != 401)) {
            return false;
        }
        return response.headers().all("WWW-Authenticate").stream().anyMatch(challenge -> challenge.contains(USE_NONCE))
                || Answers.error(response).filter(USE_NONCE::equals).isPresent();
    }
}
