package dev.intaglio.authorization.challenge;

import dev.intaglio.protocol.clientattestation.ChallengeResponse;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.nonce.KeyedNonces;

/// Gives challenges for Client Attestation PoPs. Nothing is stored.
public final class ChallengeEndpoint implements Handler {
    private final KeyedNonces challenges;

    public ChallengeEndpoint(KeyedNonces challenges) {
        this.challenges = challenges;
    }

    @Override
    public Response handle(Request request) {
        return new ChallengeResponse(challenges.next()).write();
    }
}
