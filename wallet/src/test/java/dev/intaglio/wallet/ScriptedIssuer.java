package dev.intaglio.wallet;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.X5c;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A transport behind which an issuer answers as the standard says, until a test changes a document or an answer.
final class ScriptedIssuer implements Handler {
    static final URI IDENTIFIER = URI.create("https://issuer.example/tenant");
    static final String OFFER = """
            {"credential_issuer":"https://issuer.example/tenant","credential_configuration_ids":["badge"],"later":1,
             "grants":{"urn:ietf:params:oauth:grant-type:pre-authorized_code":{"pre-authorized_code":"once","tx_code":{}}}}""";
    static final String LINK = "openid-credential-offer://?"
            + Form.empty()
                    .with("credential_offer", Json.readObject(OFFER).text())
                    .encoded();

    private static final String ISSUER = """
            {"credential_issuer":"https://issuer.example/tenant","credential_endpoint":"https://issuer.example/tenant/credential",
             "nonce_endpoint":"https://issuer.example/tenant/nonce","batch_credential_issuance":{"batch_size":3},
             "credential_configurations_supported":{"badge":{"format":"dc+sd-jwt","vct":"urn:example:badge",
               "cryptographic_binding_methods_supported":["jwk"],
               "proof_types_supported":{"jwt":{"proof_signing_alg_values_supported":["ES256"]}}}}}""";
    private static final String SERVER = """
            {"issuer":"https://issuer.example/tenant","token_endpoint":"https://issuer.example/tenant/token",
             "grant_types_supported":["urn:ietf:params:oauth:grant-type:pre-authorized_code"],
             "pre-authorized_grant_anonymous_access_supported":true,"dpop_signing_alg_values_supported":["ES256"]}""";

    private final SigningKey key;
    private final TrustAnchors anchors;
    private final Map<String, Function<Request, Response>> routes = new ConcurrentHashMap<>();

    /// What was asked, in order.
    final List<Request> requests = new ArrayList<>();

    ScriptedIssuer() {
        var ca = DevelopmentCa.create("Test authority", Clock.systemUTC(), new SecureRandom());
        key = ca.issue("Test issuer", IDENTIFIER, JWSAlgorithm.ES256);
        anchors = TrustAnchors.of(List.of(ca.anchor()));
        issuer(metadata -> metadata);
        server(metadata -> metadata);
        tokens(request -> Response.json(
                200,
                object(
                        "access_token",
                        "token",
                        "token_type",
                        request.header("DPoP").isPresent() ? "DPoP" : "Bearer")));
        nonces(request -> Response.json(200, object("c_nonce", "fresh")));
        credentials(
                request -> issued(proofs(request).stream().map(this::credential).toList()));
    }

    void issuer(UnaryOperator<JsonObject> change) {
        document("/.well-known/openid-credential-issuer/tenant", change.apply(Json.readObject(ISSUER)));
    }

    /// Changes the one credential configuration.
    void configuration(UnaryOperator<JsonObject> change) {
        issuer(metadata -> {
            var badge = metadata.object("credential_configurations_supported").object("badge");
            return metadata.with("credential_configurations_supported", Map.of("badge", change.apply(badge)));
        });
    }

    void server(UnaryOperator<JsonObject> change) {
        document("/.well-known/oauth-authorization-server/tenant", change.apply(Json.readObject(SERVER)));
    }

    void document(String path, JsonObject content) {
        routes.put(path, request -> Response.json(200, content));
    }

    void tokens(Function<Request, Response> answer) {
        routes.put("/tenant/token", answer);
    }

    void nonces(Function<Request, Response> answer) {
        routes.put("/tenant/nonce", answer);
    }

    void credentials(Function<Request, Response> answer) {
        routes.put("/tenant/credential", answer);
    }

    @Override
    public Response handle(Request request) {
        requests.add(request);
        return routes.getOrDefault(request.uri().getPath(), unknown -> Response.status(404))
                .apply(request);
    }

    /// The requests at an address that ends so.
    List<Request> requests(String end) {
        return requests.stream()
                .filter(request -> request.uri().getPath().endsWith(end))
                .toList();
    }

    Wallet.Builder wallet() {
        return Wallet.builder(this, anchors);
    }

    static List<SignedJwt> proofs(Request request) {
        return body(request).object("proofs").strings("jwt").stream()
                .map(SignedJwt::parse)
                .toList();
    }

    /// A credential for the key of a proof.
    String credential(SignedJwt proof) {
        return credential(proof.headerKey().orElseThrow(), "urn:example:badge");
    }

    String credential(JWK holder, String type) {
        var header = JsonObject.builder()
                .put("typ", "dc+sd-jwt")
                .put(
                        "x5c",
                        X5c.encode(key.chain()).stream().map(Object::toString).toList());
        var claims = JsonObject.builder()
                .put("vct", type)
                .put("name", "Erika")
                .put("cnf", Map.of("jwk", SignedJwt.jwk(holder)));
        return SignedJwt.sign(header.build(), claims.build(), key) + "~";
    }

    static Response issued(List<String> credentials) {
        return Response.json(
                200,
                JsonObject.builder()
                        .putEach("credentials", credentials.stream(), one -> Map.of("credential", one))
                        .build());
    }

    static Response refused(int status, String error) {
        return Response.json(status, object("error", error));
    }

    static JsonObject body(Request request) {
        return Json.readObject(request.body());
    }

    static Form form(Request request) {
        return Form.read(new String(request.body(), StandardCharsets.UTF_8));
    }

    static JsonObject object(Object... namesAndValues) {
        var object = JsonObject.builder();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object.build();
    }
}
