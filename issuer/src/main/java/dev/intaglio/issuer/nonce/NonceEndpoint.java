package dev.intaglio.issuer.nonce;

import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.dpop.DpopVerifier;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.nonce.KeyedNonces;
import dev.intaglio.protocol.nonce.NonceResponse;

/// The nonce endpoint (§7): a fresh `c_nonce` for whoever asks, and on the way a nonce for the DPoP proof that will come
/// with the Credential Request (§7.2). Nothing is stored.
public final class NonceEndpoint implements Handler {
    private final KeyedNonces nonces;
    private final DpopVerifier dpop;

    public NonceEndpoint(KeyedNonces nonces, DpopVerifier dpop) {
        this.nonces = nonces;
        this.dpop = dpop;
    }

    @Override
    public Response handle(Request request) {
        var response = new NonceResponse(nonces.next()).write();
        return dpop.freshNonce()
                .map(nonce -> response.with(DpopProof.NONCE_HEADER, nonce))
                .orElse(response);
    }
}
