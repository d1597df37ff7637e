package dev.intaglio.wallet;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// An authorization request whose answer is still to come. It can be written down and read again, since on a telephone the
/// wallet may be gone before the browser is back. Secret, and good for one answer: forget it when that has come.
///
/// @param state what the answer has to bring back
/// @param codeVerifier proves that who redeems the code has made the request (RFC 7636)
/// @param issExpected whether an answer without `iss` is none (RFC 9207, section 2.4)
/// @param dpopKey what the code is bound to
public record PendingAuthorization(
        URI credentialIssuer,
        URI authorizationServer,
        List<String> configurationIds,
        String redirectUri,
        String state,
        String codeVerifier,
        boolean issExpected,
        Optional<SigningKey> dpopKey) {
    public PendingAuthorization {
        configurationIds = List.copyOf(configurationIds);
    }

    /// Everything but the private key, of which only the thumbprint is written.
    public JsonObject write() {
        return JsonObject.builder()
                .put("credential_issuer", credentialIssuer.toString())
                .put("authorization_server", authorizationServer.toString())
                .put("credential_configuration_ids", configurationIds)
                .put("redirect_uri", redirectUri)
                .put("state", state)
                .put("code_verifier", codeVerifier)
                .put("iss_expected", issExpected)
                .putIf("dpop_jkt", dpopKey.map(SigningKey::publicJwk).map(DpopProof::thumbprint))
                .build();
    }

    /// @param keys finds the keys that the wallet was given ([Wallet.Builder#keys]) by their RFC 7638 thumbprints
    /// @throws JsonException if it is not what [#write] writes
    public static PendingAuthorization read(JsonObject json, Function<String, SigningKey> keys) {
        return json.read(written -> new PendingAuthorization(
                URI.create(written.string("credential_issuer")),
                URI.create(written.string("authorization_server")),
                written.strings("credential_configuration_ids"),
                written.string("redirect_uri"),
                written.string("state"),
                written.string("code_verifier"),
                written.flag("iss_expected"),
                written.optionalString("dpop_jkt").map(keys)));
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return "PendingAuthorization[" + authorizationServer + "]";
    }
}
