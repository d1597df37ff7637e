package dev.intaglio.protocol.encryption;

import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.util.Optional;

/// `credential_response_encryption` in a Credential Request or Deferred Credential Request (§8.2, §9.1): how the wallet wants
/// the response to this very request.
///
/// @param encryption one of [EncryptedJwt#ENCRYPTIONS]
/// @param compressed whether `zip` is `DEF`
public record ResponseEncryption(EncryptionKey key, String encryption, boolean compressed) {
    public ResponseEncryption {
        if (!EncryptedJwt.ENCRYPTIONS.contains(encryption)) {
            throw new IllegalArgumentException("enc is none of " + EncryptedJwt.ENCRYPTIONS);
        }
    }

    /// @throws JsonException naming the member that cannot be used
    public static ResponseEncryption read(JsonObject json) {
        return json.read(members -> new ResponseEncryption(
                EncryptionKey.read(members.object("jwk")),
                members.string("enc"),
                compression(members.optionalString("zip"))));
    }

    private static boolean compression(Optional<String> zip) {
        if (zip.isPresent() && !zip.get().equals(EncryptedJwt.DEFLATE)) {
            throw new IllegalArgumentException("zip is not " + EncryptedJwt.DEFLATE);
        }
        return zip.isPresent();
    }

    public JsonObject write() {
        return JsonObject.builder()
                .put("jwk", key.write())
                .put("enc", encryption)
                .putIf("zip", compressed ? Optional.of(EncryptedJwt.DEFLATE) : Optional.empty())
                .build();
    }

    /// The message that carries this response.
    public String encrypt(JsonObject response) {
        return EncryptedJwt.encrypt(response, key, encryption, compressed);
    }
}
