package dev.intaglio.drafts;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.proof.JwtKeyProof;
import dev.intaglio.testing.TestJwt;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Somebody who follows a description word by word: sends what it is told to, and shows what comes back as it comes.
record FieldClient(HouseOfDrafts house, Optional<SigningKey> dpopKey) {
    static FieldClient at(HouseOfDrafts house) {
        return new FieldClient(house, Optional.empty());
    }

    FieldClient withDpop() {
        return new FieldClient(house, Optional.of(SigningKey.generate(JWSAlgorithm.ES256)));
    }

    JsonObject get(String path) {
        return success(
                house.handler().handle(Request.get(URI.create(house.issuer().identifier() + path))));
    }

    Response post(URI address, Form form) {
        return send(Request.post(address, form), Optional.empty());
    }

    /// The token response of an offer's code.
    JsonObject redeem(CredentialOffer offer, Map<String, String> more) {
        return success(tryToRedeem(offer, more));
    }

    Response tryToRedeem(CredentialOffer offer, Map<String, String> more) {
        var form = Form.empty()
                .with("grant_type", Grant.PRE_AUTHORIZED_CODE)
                .with(
                        "pre-authorized_code",
                        offer.grants().preAuthorizedCode().orElseThrow().code());
        for (var parameter : more.entrySet()) {
            form = form.with(parameter.getKey(), parameter.getValue());
        }
        return post(URI.create(house.issuer().identifier() + "/token"), form);
    }

    /// `POST` with the access token.
    Response ask(String path, JsonObject token, JsonObject body) {
        var access = token.string("access_token");
        var request = Request.post(URI.create(house.issuer().identifier() + path), body)
                .with("Authorization", token.string("token_type") + " " + access);
        return send(request, Optional.of(access));
    }

    Response send(Request request, Optional<String> accessToken) {
        var proven = dpopKey.map(key -> request.with(DpopProof.HEADER, dpop(request, key, accessToken)))
                .orElse(request);
        return house.handler().handle(proven);
    }

    private String dpop(Request request, SigningKey key, Optional<String> accessToken) {
        var claims = JsonObject.builder()
                .put("jti", DpopProof.newId(new SecureRandom()))
                .put("htm", request.method())
                .put("htu", request.uri().toString())
                .put("iat", house.issuer().clock().instant().getEpochSecond())
                .putIf("ath", accessToken.map(DpopProof::accessTokenHash))
                .build();
        return TestJwt.of(DpopProof.TYPE, key, claims).compact();
    }

    /// A key proof by a new key.
    String proof(String nonce) {
        return proof(nonce, SigningKey.generate(JWSAlgorithm.ES256), UnaryOperator.identity());
    }

    String proof(String nonce, SigningKey key, UnaryOperator<TestJwt> change) {
        return proof(house.issuer().identifier(), nonce, key, change);
    }

    /// For the identifier of a draft.
    String proofFor(URI audience, String nonce) {
        return proof(audience, nonce, SigningKey.generate(JWSAlgorithm.ES256), UnaryOperator.identity());
    }

    private String proof(URI audience, String nonce, SigningKey key, UnaryOperator<TestJwt> change) {
        var claims = JsonObject.builder()
                .put("aud", audience.toString())
                .put("iat", house.issuer().clock().instant().getEpochSecond())
                .put("nonce", nonce)
                .build();
        return change.apply(TestJwt.of(JwtKeyProof.TYPE, key, claims)).compact();
    }

    static JsonObject one(String jwt) {
        return JsonObject.builder().put("proof_type", "jwt").put("jwt", jwt).build();
    }

    static JsonObject several(String... jwts) {
        return JsonObject.builder().put("jwt", List.of(jwts)).build();
    }

    static JsonObject success(Response response) {
        if (!response.successful()) {
            throw new AssertionError("expected success, got " + response.status() + " " + response.bodyText());
        }
        return response.bodyObject();
    }

    @Override
    public String toString() {
        return "FieldClient";
    }
}
