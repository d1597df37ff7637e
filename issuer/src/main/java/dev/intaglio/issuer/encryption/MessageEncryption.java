package dev.intaglio.issuer.encryption;

import dev.intaglio.issuer.encryption.EncryptionPolicy.Use;
import dev.intaglio.issuer.spi.DecryptionKeys;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.encryption.CredentialRequestEncryption;
import dev.intaglio.protocol.encryption.CredentialResponseEncryption;
import dev.intaglio.protocol.encryption.EncryptedJwt;
import dev.intaglio.protocol.encryption.EncryptionKey;
import dev.intaglio.protocol.encryption.ResponseEncryption;
import dev.intaglio.protocol.encryption.UndecryptableException;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Refusal;
import dev.intaglio.protocol.trail.Trail;
import java.util.List;
import java.util.Optional;

/// Reads the messages of the Credential and the Deferred Credential Endpoint, encrypted or not (§8.2, §9.1, §10).
///
/// ```java
/// var message = encryption.read(request);
/// return message.respond(200, answer(message.content()));
/// ```
public final class MessageEncryption {
    private static final String JSON = "application/json";
    private static final String JWT = "application/jwt";
    private static final List<String> COMPRESSIONS = List.of(EncryptedJwt.DEFLATE);

    /// The one algorithm that our own keys are for.
    private static final String ALGORITHM = EncryptedJwt.ALGORITHMS.getFirst();

    private final EncryptionPolicy policy;
    private final Optional<DecryptionKeys> keys;

    private MessageEncryption(EncryptionPolicy policy, Optional<DecryptionKeys> keys) {
        this.policy = policy;
        this.keys = keys;
    }

    /// Nothing is encrypted.
    public static MessageEncryption none() {
        return new MessageEncryption(new EncryptionPolicy(Use.OFF, Use.OFF), Optional.empty());
    }

    public static MessageEncryption of(EncryptionPolicy policy, DecryptionKeys keys) {
        return policy.requests() == Use.OFF ? none() : new MessageEncryption(policy, Optional.of(keys));
    }

    /// `credential_request_encryption` as of now; changes when the keys do.
    public Optional<JsonObject> requestMetadata() {
        return keys.map(DecryptionKeys::current)
                .map(key -> new CredentialRequestEncryption(
                                List.of(EncryptionKey.of(key.publicJwk())),
                                EncryptedJwt.ENCRYPTIONS,
                                COMPRESSIONS,
                                policy.requests() == Use.REQUIRED)
                        .write());
    }

    /// `credential_response_encryption`.
    public Optional<JsonObject> responseMetadata() {
        return policy.responses() == Use.OFF
                ? Optional.empty()
                : Optional.of(new CredentialResponseEncryption(
                                EncryptedJwt.ALGORITHMS,
                                EncryptedJwt.ENCRYPTIONS,
                                COMPRESSIONS,
                                policy.responses() == Use.REQUIRED)
                        .write());
    }

    /// The message of a request, with how its answer is to be encrypted.
    ///
    /// @throws Refusal `invalid_encryption_parameters` for what is wrong with encryption, `invalid_credential_request` for
    ///     what is no message of the standard
    public ReceivedMessage read(Request request) {
        return switch (request.mediaType()) {
            case JSON -> {
                if (policy.requests() == Use.REQUIRED) {
                    throw CredentialErrors.invalidEncryptionParameters(
                            "this issuer takes encrypted requests only: see credential_request_encryption in its metadata");
                }
                yield received(content(request), false);
            }
            case JWT -> received(decrypted(request), true);
            default -> throw mediaTypeRefused().came("Content-Type: " + Shown.value(request.mediaType()));
        };
    }

    private Refusal mediaTypeRefused() {
        return CredentialErrors.invalidCredentialRequest(
                keys.isEmpty()
                        ? "a request to this endpoint is sent as application/json"
                        : "a request to this endpoint is sent as application/json, or encrypted as application/jwt");
    }

    private static JsonObject content(Request request) {
        try {
            return Json.readObject(request.body());
        } catch (JsonException malformed) {
            throw CredentialErrors.invalidCredentialRequest(String.valueOf(malformed.getMessage()));
        }
    }

    /// §10.
    private JsonObject decrypted(Request request) {
        var ours = keys.orElseThrow(this::mediaTypeRefused);
        var message = parsed(request);
        if (!message.algorithm().equals(ALGORITHM)) {
            throw CredentialErrors.invalidEncryptionParameters(
                            "the message's alg is not that of the keys in credential_request_encryption")
                    .expected(ALGORITHM)
                    .came(Shown.value(message.algorithm()));
        }
        var key = message.keyId()
                .flatMap(ours::find)
                .orElseThrow(
                        () -> CredentialErrors.invalidEncryptionParameters(
                                "the message's kid names no key of credential_request_encryption: fetch the issuer metadata again"));
        try {
            var content = message.decrypt(key);
            Trail.decrypted(content);
            return content;
        } catch (UndecryptableException failed) {
            throw CredentialErrors.invalidEncryptionParameters("the message cannot be decrypted with the key it names")
                    .because(failed);
        } catch (JsonException malformed) {
            throw CredentialErrors.invalidCredentialRequest(String.valueOf(malformed.getMessage()));
        }
    }

    private static EncryptedJwt parsed(Request request) {
        try {
            return EncryptedJwt.parse(request.body(), JsonLimits.REQUEST);
        } catch (JsonException unreadable) {
            throw CredentialErrors.invalidEncryptionParameters(String.valueOf(unreadable.getMessage()));
        }
    }

    private ReceivedMessage received(JsonObject content, boolean encrypted) {
        var wanted = wanted(content);
        if (wanted.isPresent() && policy.responses() == Use.OFF) {
            throw CredentialErrors.invalidEncryptionParameters(
                    "this issuer does not encrypt responses: its metadata offers no credential_response_encryption");
        }
        if (wanted.isPresent() && !encrypted) { // §8.2: else the key could be exchanged on its way
            throw CredentialErrors.invalidEncryptionParameters(
                    "a request with credential_response_encryption is itself encrypted (section 8.2)");
        }
        if (wanted.isEmpty() && policy.responses() == Use.REQUIRED) { // §8.3.1.2
            throw CredentialErrors.invalidEncryptionParameters(
                    "credential_response_encryption is missing: this issuer encrypts all responses");
        }
        return new ReceivedMessage(content, wanted);
    }

    private static Optional<ResponseEncryption> wanted(JsonObject content) {
        try {
            return content.optionalObject("credential_response_encryption").map(ResponseEncryption::read);
        } catch (JsonException unfit) {
            throw CredentialErrors.invalidEncryptionParameters("credential_response_encryption: " + unfit.getMessage());
        }
    }
}
