package dev.intaglio.protocol.clientattestation;

import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;

/// The answer of the challenge endpoint (section 8).
public record ChallengeResponse(String attestationChallenge) {
    public ChallengeResponse {
        if (attestationChallenge.isEmpty()) {
            throw new IllegalArgumentException("attestation_challenge is empty");
        }
    }

    public static ChallengeResponse read(JsonObject json) {
        return new ChallengeResponse(json.string("attestation_challenge"));
    }

    public Response write() {
        return Response.json(
                        200,
                        JsonObject.builder()
                                .put("attestation_challenge", attestationChallenge)
                                .build())
                .noStore();
    }
}
