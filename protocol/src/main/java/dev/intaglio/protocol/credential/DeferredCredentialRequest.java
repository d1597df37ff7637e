package dev.intaglio.protocol.credential;

import dev.intaglio.protocol.json.JsonObject;
import java.util.Optional;

/// Asks for credentials that were not ready at first (§9.1). Unknown members are ignored.
///
/// @param responseEncryption `credential_response_encryption` as it stands on the wire; this one counts, not that of the
///     Credential Request
public record DeferredCredentialRequest(String transactionId, Optional<JsonObject> responseEncryption) {
    /// @throws IllegalArgumentException naming the member that is wrong
    public static DeferredCredentialRequest read(JsonObject json) {
        return new DeferredCredentialRequest(
                json.string("transaction_id"), json.optionalObject("credential_response_encryption"));
    }

    public JsonObject write() {
        return JsonObject.builder()
                .put("transaction_id", transactionId)
                .putIf("credential_response_encryption", responseEncryption)
                .build();
    }

    /// Without the handle.
    @Override
    public String toString() {
        return "DeferredCredentialRequest";
    }
}
