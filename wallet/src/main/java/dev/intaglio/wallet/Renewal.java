package dev.intaglio.wallet;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What it takes to get the same credentials again without asking the user (§14.5): a refresh token and the key it is bound to.
/// Secret. Of two for the same issuer and credentials, the newer one counts.
public record Renewal(
        URI credentialIssuer,
        URI authorizationServer,
        List<String> configurationIds,
        String refreshToken,
        Optional<SigningKey> dpopKey) {
    public Renewal {
        configurationIds = List.copyOf(configurationIds);
    }

    /// Everything but the private key, of which only the thumbprint is written.
    public JsonObject write() {
        return JsonObject.builder()
                .put("credential_issuer", credentialIssuer.toString())
                .put("authorization_server", authorizationServer.toString())
                .put("credential_configuration_ids", configurationIds)
                .put("refresh_token", refreshToken)
                .putIf("dpop_jkt", dpopKey.map(SigningKey::publicJwk).map(DpopProof::thumbprint))
                .build();
    }

    /// @param keys finds the keys that the wallet was given ([Wallet.Builder#keys]) by their RFC 7638 thumbprints
    /// @throws JsonException if it is not what [#write] writes
    public static Renewal read(JsonObject json, Function<String, SigningKey> keys) {
        return json.read(written -> new Renewal(
                URI.create(written.string("credential_issuer")),
                URI.create(written.string("authorization_server")),
                written.strings("credential_configuration_ids"),
                written.string("refresh_token"),
                written.optionalString("dpop_jkt").map(keys)));
    }

    /// Without the token.
    @Override
    public String toString() {
        return "Renewal[" + credentialIssuer + ", " + configurationIds + "]";
    }
}
