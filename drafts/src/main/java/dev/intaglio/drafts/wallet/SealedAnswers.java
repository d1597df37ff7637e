package dev.intaglio.drafts.wallet;

import dev.intaglio.keys.AgreementKey;
import dev.intaglio.protocol.encryption.CredentialResponseEncryption;
import dev.intaglio.protocol.encryption.EncryptedJwt;
import dev.intaglio.protocol.encryption.EncryptionKey;
import dev.intaglio.protocol.encryption.ResponseEncryption;
import dev.intaglio.protocol.encryption.UndecryptableException;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.util.Optional;

/// Encrypted answers of an issuer of drafts 12 to 15 that demands them: asked for in a request that is not encrypted, as
/// these drafts have it. 1.0 has requests encrypted, too, so a wallet that speaks it does not ask for them itself.
record SealedAnswers(AgreementKey key, ResponseEncryption wanted) {
    static final String PARAMETER = "credential_response_encryption";
    private static final String JWT = "application/jwt";

    /// @param metadata in the words of 1.0
    /// @return empty if the issuer does not demand it, or by algorithms that we do not have
    static Optional<SealedAnswers> demanded(JsonObject metadata) {
        var offered = metadata.optionalObject(PARAMETER).map(CredentialResponseEncryption::read);
        if (offered.filter(CredentialResponseEncryption::required).isEmpty()) {
            return Optional.empty();
        }
        var own = AgreementKey.of(AgreementKey.fresh());
        var key = EncryptionKey.of(own.publicJwk());
        if (!offered.get().algorithms().contains(key.algorithm())) {
            return Optional.empty();
        }
        return EncryptedJwt.ENCRYPTIONS.stream()
                .filter(offered.get().encryptions()::contains)
                .findFirst()
                .map(encryption -> new SealedAnswers(own, new ResponseEncryption(key, encryption, false)));
    }

    /// A request in the words of 1.0 that asks for it.
    JsonObject asked(JsonObject request) {
        return request.with(PARAMETER, wanted.write());
    }

    /// In the clear; errors are so already, and where drafts leave it open, what comes later.
    ///
    /// @throws JsonException if it cannot be read, or came in the clear though it was asked for otherwise
    Response opened(Response response, boolean asked) {
        if (!response.successful()) {
            return response;
        }
        if (!response.mediaType().equals(JWT)) {
            if (asked) {
                throw new JsonException("the issuer answered in the clear what it was asked to encrypt");
            }
            return response;
        }
        try {
            return Response.json(
                    response.status(),
                    EncryptedJwt.parse(response.body(), JsonLimits.DOCUMENT).decrypt(key));
        } catch (UndecryptableException failed) {
            throw new JsonException("the issuer's encrypted answer cannot be read: " + failed.getMessage(), failed);
        }
    }

    @Override
    public String toString() {
        return "SealedAnswers[" + wanted.encryption() + "]";
    }
}
