package dev.intaglio.protocol.encryption;

import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.util.List;

/// `credential_response_encryption` of the Credential Issuer Metadata (§12.2.4): how responses can be encrypted.
///
/// @param compressions `zip` values; empty for none
public record CredentialResponseEncryption(
        List<String> algorithms, List<String> encryptions, List<String> compressions, boolean required) {
    public CredentialResponseEncryption {
        algorithms = List.copyOf(algorithms);
        encryptions = List.copyOf(encryptions);
        compressions = List.copyOf(compressions);
        if (algorithms.isEmpty() || encryptions.isEmpty()) {
            throw new IllegalArgumentException("alg_values_supported or enc_values_supported is empty");
        }
    }

    /// @throws JsonException naming the member that is wrong
    public static CredentialResponseEncryption read(JsonObject json) {
        return json.read(members -> new CredentialResponseEncryption(
                members.strings("alg_values_supported"),
                members.strings("enc_values_supported"),
                members.optionalStrings("zip_values_supported").orElse(List.of()),
                members.optionalBoolean("encryption_required")
                        .orElseThrow(() -> new IllegalArgumentException("encryption_required is missing"))));
    }

    public JsonObject write() {
        return JsonObject.builder()
                .put("alg_values_supported", algorithms)
                .put("enc_values_supported", encryptions)
                .putUnlessEmpty("zip_values_supported", compressions)
                .put("encryption_required", required)
                .build();
    }
}
