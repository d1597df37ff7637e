package dev.intaglio.wallet;

import dev.intaglio.keys.AgreementKey;
import dev.intaglio.protocol.encryption.CredentialRequestEncryption;
import dev.intaglio.protocol.encryption.CredentialResponseEncryption;
import dev.intaglio.protocol.encryption.EncryptedJwt;
import dev.intaglio.protocol.encryption.EncryptionKey;
import dev.intaglio.protocol.encryption.ResponseEncryption;
import dev.intaglio.protocol.encryption.UndecryptableException;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// One request to a Credential or Deferred Credential Endpoint and its response, encrypted as far as the issuer offers it
/// and we can (§8.2, §10). A new key for each Credential Request, kept for the Deferred Credential Requests after it.
final class EncryptedExchange {
    private static final String JWT = "application/jwt";

    private final Optional<Recipient> recipient;
    private final Optional<Asked> asked;

    /// The issuer's key and the `enc` to use with it.
    private record Recipient(EncryptionKey key, String encryption) {}

    /// What we ask for, and the key that opens what comes.
    private record Asked(ResponseEncryption parameters, AgreementKey key) {}

    private EncryptedExchange(Optional<Recipient> recipient, Optional<Asked> asked) {
        this.recipient = recipient;
        this.asked = asked;
    }

    /// @throws WalletException if the issuer demands an encryption that we do not have
    static EncryptedExchange with(CredentialIssuerMetadata issuer) {
        try {
            var requests = issuer.requestEncryption().map(CredentialRequestEncryption::read);
            var recipient = requests.flatMap(EncryptedExchange::recipient);
            if (requests.filter(CredentialRequestEncryption::required).isPresent() && recipient.isEmpty()) {
                throw new WalletException(
                        "the issuer demands encrypted credential requests, by keys or algorithms that this wallet does not have");
            }
            var responses = issuer.responseEncryption().map(CredentialResponseEncryption::read);
            // A key in a request that is not encrypted could be exchanged on its way (§8.2).
            var asked = recipient.isEmpty() ? Optional.<Asked>empty() : responses.flatMap(EncryptedExchange::asked);
            if (responses.filter(CredentialResponseEncryption::required).isPresent() && asked.isEmpty()) {
                throw new WalletException(
                        "the issuer demands encrypted credential responses, by algorithms that this wallet does not have or without encrypted requests");
            }
            return new EncryptedExchange(recipient, asked);
        } catch (JsonException malformed) {
            throw new WalletException(
                    "the issuer's metadata about encryption is not what the standard says: " + malformed.getMessage(),
                    malformed);
        }
    }

    private static Optional<Recipient> recipient(CredentialRequestEncryption offered) {
        return offered.keys().stream()
                .findFirst()
                .flatMap(key -> shared(EncryptedJwt.ENCRYPTIONS, offered.encryptions())
                        .map(encryption -> new Recipient(key, encryption)));
    }

    private static Optional<Asked> asked(CredentialResponseEncryption offered) {
        var own = AgreementKey.of(AgreementKey.fresh());
        var key = EncryptionKey.of(own.publicJwk());
        return offered.algorithms().contains(key.algorithm())
                ? shared(EncryptedJwt.ENCRYPTIONS, offered.encryptions())
                        .map(encryption -> new Asked(new ResponseEncryption(key, encryption, false), own))
                : Optional.empty();
    }

    private static Optional<String> shared(List<String> ours, List<String> theirs) {
        return ours.stream().filter(theirs::contains).findFirst();
    }

    /// The request, encrypted if the issuer can read it so, asking for an encrypted response if it can write one.
    Request request(URI endpoint, JsonObject body) {
        var complete = asked.map(wanted -> body.with(
                        "credential_response_encryption", wanted.parameters().write()))
                .orElse(body);
        return recipient
                .map(to -> Request.post(endpoint)
                        .withBody(
                                JWT,
                                EncryptedJwt.encrypt(complete, to.key(), to.encryption(), false)
                                        .getBytes(StandardCharsets.US_ASCII)))
                .orElseGet(() -> Request.post(endpoint, complete));
    }

    /// The response in the clear; errors are never encrypted (§8.3.1.2) and stay as they are.
    ///
    /// @throws WalletException if it was to be encrypted and is not, or not to our key (§10)
    Response response(Response response) {
        if (asked.isEmpty() || !response.successful()) {
            return response;
        }
        if (!response.mediaType().equals(JWT)) {
            throw new WalletException("the issuer answered in the clear what it was asked to encrypt");
        }
        var wanted = asked.get();
        try {
            var message = EncryptedJwt.parse(response.body(), JsonLimits.DOCUMENT);
            if (!message.algorithm().equals(wanted.parameters().key().algorithm())
                    || !message.encryption().equals(wanted.parameters().encryption())
                    || message.compressed()) {
                throw new WalletException("the issuer encrypted its answer otherwise than it was asked to");
            }
            return Response.json(response.status(), message.decrypt(wanted.key()));
        } catch (UndecryptableException | JsonException failed) {
            throw new WalletException("the issuer's encrypted answer cannot be read: " + failed.getMessage(), failed);
        }
    }
}
