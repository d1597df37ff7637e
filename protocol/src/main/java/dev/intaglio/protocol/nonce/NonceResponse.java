package dev.intaglio.protocol.nonce;

import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;

/// The answer of the nonce endpoint (§7.2).
public record NonceResponse(String cNonce) {
    public NonceResponse {
        if (cNonce.isEmpty()) {
            throw new IllegalArgumentException("c_nonce is empty");
        }
    }

    /// Without the nonce.
    @Override
    public String toString() {
        return "NonceResponse";
    }

    public static NonceResponse read(JsonObject json) {
        return new NonceResponse(json.string("c_nonce"));
    }

    public Response write() {
        return Response.json(200, JsonObject.builder().put("c_nonce", cNonce).build())
                .noStore();
    }
}
