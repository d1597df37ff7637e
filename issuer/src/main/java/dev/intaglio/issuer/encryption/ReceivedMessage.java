package dev.intaglio.issuer.encryption;

import dev.intaglio.protocol.encryption.ResponseEncryption;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.trail.Trail;
import java.util.Optional;

/// What a wallet sent, and how it wants the answer.
///
/// @param content the Credential Request or Deferred Credential Request
/// @param responseEncryption absent for an answer in the clear
public record ReceivedMessage(JsonObject content, Optional<ResponseEncryption> responseEncryption) {
    /// The answer in the form it was asked for (§8.3): encrypted whatever it says. Errors are not answered this way, since
    /// they are never encrypted (§8.3.1.2).
    public Response respond(int status, JsonObject answer) {
        responseEncryption.ifPresent(wanted -> Trail.encrypted(answer));
        return responseEncryption
                .map(wanted -> Response.text(status, "application/jwt", wanted.encrypt(answer)))
                .orElseGet(() -> Response.json(status, answer))
                .noStore();
    }

    /// Names only.
    @Override
    public String toString() {
        return "ReceivedMessage[" + responseEncryption + "]";
    }
}
