package dev.intaglio.protocol.encryption;

import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/// `credential_request_encryption` of the Credential Issuer Metadata (§12.2.4): the keys wallets encrypt requests to.
///
/// @param keys each with a `kid` of its own; of another issuer's, only those this implementation can encrypt to
/// @param compressions `zip` values; empty for none
public record CredentialRequestEncryption(
        List<EncryptionKey> keys, List<String> encryptions, List<String> compressions, boolean required) {
    public CredentialRequestEncryption {
        keys = List.copyOf(keys);
        encryptions = List.copyOf(encryptions);
        compressions = List.copyOf(compressions);
        if (encryptions.isEmpty()) {
            throw new IllegalArgumentException("enc_values_supported is empty");
        }
        var kids = new HashSet<String>();
        for (var key : keys) {
            if (key.key().getKeyID() == null || !kids.add(key.key().getKeyID())) {
                throw new IllegalArgumentException("each key of jwks has a kid of its own");
            }
        }
    }

    /// @throws JsonException naming the member that is wrong
    public static CredentialRequestEncryption read(JsonObject json) {
        return json.read(members -> new CredentialRequestEncryption(
                members.object("jwks").objects("keys").stream()
                        .flatMap(CredentialRequestEncryption::usable)
                        .toList(),
                members.strings("enc_values_supported"),
                members.optionalStrings("zip_values_supported").orElse(List.of()),
                members.optionalBoolean("encryption_required")
                        .orElseThrow(() -> new IllegalArgumentException("encryption_required is missing"))));
    }

    private static Stream<EncryptionKey> usable(JsonObject jwk) {
        try {
            return Stream.of(EncryptionKey.read(jwk));
        } catch (JsonException ofAnotherKind) {
            return Stream.empty();
        }
    }

    public JsonObject write() {
        return JsonObject.builder()
                .put(
                        "jwks",
                        JsonObject.builder()
                                .put(
                                        "keys",
                                        keys.stream().map(EncryptionKey::write).toList())
                                .build())
                .put("enc_values_supported", encryptions)
                .putUnlessEmpty("zip_values_supported", compressions)
                .put("encryption_required", required)
                .build();
    }
}
