package dev.intaglio.issuer.credential;

import dev.intaglio.issuer.accesstoken.ProtectedResource;
import dev.intaglio.issuer.encryption.MessageEncryption;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.credential.DeferredCredentialRequest;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;

/// The deferred credential endpoint (§9): reads, asks [CredentialIssuance], writes. Encryption is as this request asks for it,
/// not as the Credential Request did (§9.2).
final class DeferredCredentialEndpoint implements Handler {
    private final ProtectedResource protectedResource;
    private final MessageEncryption encryption;
    private final CredentialIssuance issuance;

    DeferredCredentialEndpoint(
            ProtectedResource protectedResource, MessageEncryption encryption, CredentialIssuance issuance) {
        this.protectedResource = protectedResource;
        this.encryption = encryption;
        this.issuance = issuance;
    }

    @Override
    public Response handle(Request request) {
        var token = protectedResource.require(request); // §9.3
        var message = encryption.read(request); // §10
        var response = issuance.respond(token, read(message.content()));
        return message.respond(response.status(), response.write()); // §9.2
    }

    private static DeferredCredentialRequest read(JsonObject body) {
        try {
            return body.read(DeferredCredentialRequest::read);
        } catch (JsonException malformed) {
            throw CredentialErrors.invalidCredentialRequest(malformed)
                    .section("OpenID4VCI 1.0, 9.1")
                    .expected("the transaction_id of a Credential Response");
        }
    }
}
