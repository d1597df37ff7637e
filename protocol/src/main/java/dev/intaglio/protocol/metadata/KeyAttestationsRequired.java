package dev.intaglio.protocol.metadata;

import dev.intaglio.protocol.json.JsonObject;
import java.util.List;

/// Which key attestations an issuer asks for (`key_attestations_required`, §12.2.4): one whose attested levels include a
/// value of each list that is not empty.
///
/// @param keyStorage accepted values of attack potential resistance (App. D.2); empty for any
/// @param userAuthentication likewise
public record KeyAttestationsRequired(List<String> keyStorage, List<String> userAuthentication) {
    /// Any attestation will do.
    public static final KeyAttestationsRequired ANY = new KeyAttestationsRequired(List.of(), List.of());

    public KeyAttestationsRequired {
        keyStorage = List.copyOf(keyStorage);
        userAuthentication = List.copyOf(userAuthentication);
    }

    public static KeyAttestationsRequired read(JsonObject json) {
        return new KeyAttestationsRequired(
                json.optionalStrings("key_storage").orElse(List.of()),
                json.optionalStrings("user_authentication").orElse(List.of()));
    }

    /// A list that accepts any value is left out: on the wire it would be an empty one, which is not allowed.
    public JsonObject write() {
        return JsonObject.builder()
                .putUnlessEmpty("key_storage", keyStorage)
                .putUnlessEmpty("user_authentication", userAuthentication)
                .build();
    }
}
