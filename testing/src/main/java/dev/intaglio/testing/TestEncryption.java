package dev.intaglio.testing;

import dev.intaglio.keys.AgreementKey;
import dev.intaglio.protocol.encryption.CredentialRequestEncryption;
import dev.intaglio.protocol.encryption.EncryptedJwt;
import dev.intaglio.protocol.encryption.EncryptionKey;
import dev.intaglio.protocol.encryption.ResponseEncryption;
import dev.intaglio.protocol.encryption.UndecryptableException;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import java.nio.charset.StandardCharsets;

/// Encrypts the requests of a [TestWallet] and decrypts what comes back (§10).
///
/// ```java
/// var encryption = TestEncryption.of(wallet.issuerMetadata());
/// var answer = wallet.request(token, TestIssuer.PID).body(encryption::ask).http(encryption::seal).send();
/// var credentials = encryption.open(answer).objects("credentials");
/// ```
public final class TestEncryption {
    private final EncryptionKey issuer;
    private final AgreementKey own;
    private final String method;
    private final boolean compressed;

    private TestEncryption(EncryptionKey issuer, AgreementKey own, String method, boolean compressed) {
        this.issuer = issuer;
        this.own = own;
        this.method = method;
        this.compressed = compressed;
    }

    /// To the first key the metadata shows, with `A128GCM`, uncompressed; a new key for the response.
    public static TestEncryption of(CredentialIssuerMetadata metadata) {
        var keys = metadata.requestEncryption()
                .map(CredentialRequestEncryption::read)
                .orElseThrow(() -> new AssertionError("the metadata has no credential_request_encryption"))
                .keys();
        return new TestEncryption(keys.getFirst(), AgreementKey.of(AgreementKey.fresh()), "A128GCM", false);
    }

    /// With another `enc`, in both directions.
    public TestEncryption method(String enc) {
        return new TestEncryption(issuer, own, enc, compressed);
    }

    /// With `zip`, in both directions.
    public TestEncryption compressed() {
        return new TestEncryption(issuer, own, method, true);
    }

    /// To another key, or to the same by another `alg` or `kid`.
    public TestEncryption to(EncryptionKey other) {
        return new TestEncryption(other, own, method, compressed);
    }

    /// The key requests are encrypted to.
    public EncryptionKey issuerKey() {
        return issuer;
    }

    /// `credential_response_encryption`.
    public ResponseEncryption wanted() {
        return new ResponseEncryption(EncryptionKey.of(own.publicJwk()), method, compressed);
    }

    /// Asks for an encrypted response.
    public JsonObject ask(JsonObject body) {
        return body.with("credential_response_encryption", wanted().write());
    }

    /// Encrypts the JSON body of a request.
    public Request seal(Request request) {
        var message = EncryptedJwt.encrypt(Json.readObject(request.body()), issuer, method, compressed);
        return request.withBody("application/jwt", message.getBytes(StandardCharsets.US_ASCII));
    }

    /// The content of an encrypted response.
    ///
    /// @throws AssertionError if it is not one, or not for us
    public JsonObject open(Response response) {
        if (!response.mediaType().equals("application/jwt")) {
            throw new AssertionError("expected an encrypted response, got " + response + " " + response.bodyText());
        }
        try {
            return EncryptedJwt.parse(response.body(), JsonLimits.DOCUMENT).decrypt(own);
        } catch (UndecryptableException failed) {
            throw new AssertionError("the response is not encrypted to the key it was asked for", failed);
        }
    }

    @Override
    public String toString() {
        return "TestEncryption[" + method + "]";
    }
}
