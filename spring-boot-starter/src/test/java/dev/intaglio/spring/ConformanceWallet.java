package dev.intaglio.spring;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.authorization.client.PrivateKeyJwt;
import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.clientattestation.ClientAttestation;
import dev.intaglio.protocol.clientattestation.ClientAttestationPop;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.protocol.oauth.Pkce;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.testing.TestWallet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.context.ApplicationContext;

/// Behaves as the conformance suite does by its configuration file: as one of its two clients, authenticating by attestation
/// or by its key.
final class ConformanceWallet {
    static final URI ISSUER = URI.create("http://127.0.0.1:8080");
    static final String REDIRECT = "https://suite.example/test/a/intaglio/callback?dummy1=lorem";
    static final String STATE = "s".repeat(128);
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final JsonObject suite;
    private final String client;
    private final String id;
    private final Handler handler;
    private final boolean attested;
    private final SigningKey instance = SigningKey.generate(JWSAlgorithm.ES256);
    private final SigningKey dpopKey = SigningKey.generate(JWSAlgorithm.ES256);
    private Optional<String> nonce = Optional.empty();

    /// @param client `client` or `client2` of the suite's file
    ConformanceWallet(ApplicationContext context, JsonObject suite, String client, boolean attested) {
        this.suite = suite;
        this.id = suite.object(client).string("client_id");
        this.attested = attested;
        this.client = client;
        var authorization = context.getBean(AuthorizationServer.class);
        var issuer = context.getBean(CredentialIssuer.class);
        handler = request -> authorization.serves(String.valueOf(request.uri().getRawPath()))
                ? authorization.handler().handle(request)
                : issuer.handler().handle(request);
    }

    static JsonObject suite(String file) throws IOException {
        return Json.readObject(Files.readAllBytes(Path.of("../conformance", file)), JsonLimits.DOCUMENT);
    }

    String configurationId() {
        return suite.object("vci").string("credential_configuration_id");
    }

    Handler handler() {
        return handler;
    }

    Form asking() {
        return Form.empty()
                .with("response_type", "code")
                .with("client_id", id)
                .with("redirect_uri", REDIRECT)
                .with("state", STATE)
                .with("code_challenge", Pkce.challenge(VERIFIER))
                .with("code_challenge_method", Pkce.S256);
    }

    Form askingByScope() {
        return asking().with("scope", scope());
    }

    String scope() {
        var issuer = handler.handle(Request.get(ISSUER.resolve("/.well-known/openid-credential-issuer")));
        return issuer.bodyObject()
                .object("credential_configurations_supported")
                .object(configurationId())
                .string("scope");
    }

    Response push(Form form) {
        return send("/par", form, false);
    }

    String requestUri(Form form) {
        var response = push(form);
        if (response.status() != 201) {
            throw new AssertionError(response.bodyText());
        }
        return response.bodyObject().string("request_uri");
    }

    Response open(String requestUri, Form more) {
        var query = more.with("client_id", id).with("request_uri", requestUri);
        return handler.handle(Request.get(URI.create(ISSUER + "/authorize?" + query.encoded())));
    }

    AuthorizationResponse answer(Response response) {
        var location = URI.create(response.header("Location").orElseThrow());
        return AuthorizationResponse.read(Form.read(location.getRawQuery()));
    }

    String code(Form form) {
        return ((AuthorizationResponse.Success) answer(open(requestUri(form), Form.empty()))).code();
    }

    Form redeeming(String code) {
        return Form.empty()
                .with("grant_type", "authorization_code")
                .with("client_id", id)
                .with("code", code)
                .with("redirect_uri", REDIRECT)
                .with("code_verifier", VERIFIER);
    }

    Response token(Form form) {
        return send("/token", form, true);
    }

    TokenResponse tokens(Form form) {
        var response = token(form);
        if (response.status() != 200) {
            throw new AssertionError(response.bodyText());
        }
        return TokenResponse.read(response.bodyObject());
    }

    /// What follows the token.
    TestWallet holder() {
        return TestWallet.of(handler, ISSUER, Clock.systemUTC())
                .withClientId(id)
                .withDpop(dpopKey);
    }

    /// With a DPoP proof, and once more with the nonce the server asks for.
    private Response send(String path, Form form, boolean dpop) {
        var response = once(path, form, dpop);
        if (response.status() == 400 && response.bodyText().contains("use_dpop_nonce")) {
            nonce = response.header("DPoP-Nonce");
            return once(path, form, dpop);
        }
        return response;
    }

    private Response once(String path, Form form, boolean dpop) {
        var address = ISSUER.resolve(path);
        var now = Instant.now();
        var request = attested
                ? Request.post(address, form)
                        .with(ClientAttestation.HEADER, attestation(now))
                        .with(
                                ClientAttestationPop.HEADER,
                                ClientAttestationPop.make(
                                        instance, id, ISSUER, DpopProof.newId(RANDOM), now, Optional.of(challenge())))
                : Request.post(
                        address,
                        form.with("client_assertion_type", PrivateKeyJwt.ASSERTION_TYPE)
                                .with("client_assertion", assertion(now)));
        return handler.handle(
                dpop
                        ? request.with(
                                "DPoP",
                                DpopProof.make(
                                        dpopKey,
                                        DpopProof.newId(RANDOM),
                                        "POST",
                                        address,
                                        now,
                                        nonce,
                                        Optional.empty()))
                        : request);
    }

    private String challenge() {
        return handler.handle(Request.post(ISSUER.resolve("/challenge")))
                .bodyObject()
                .string("attestation_challenge");
    }

    private String attestation(Instant now) {
        var attestation = suite.object("client_attestation");
        return ClientAttestation.make(
                key(attestation.object("attester_jwks")),
                attestation.string("issuer"),
                id,
                instance.publicJwk(),
                now,
                now.plus(Duration.ofMinutes(5)));
    }

    private String assertion(Instant now) {
        var signing = key(suite.object(client).object("jwks"));
        return SignedJwt.sign(
                JsonObject.builder().put("kid", signing.publicJwk().getKeyID()).build(),
                JsonObject.builder()
                        .put("iss", id)
                        .put("sub", id)
                        .put("aud", ISSUER.toString())
                        .put("jti", DpopProof.newId(RANDOM))
                        .put("iat", now.getEpochSecond())
                        .put("exp", now.plusSeconds(60).getEpochSecond())
                        .build(),
                signing);
    }

    private static SigningKey key(JsonObject jwks) {
        try {
            return SigningKey.of(JWK.parse(jwks.objects("keys").getFirst().text()));
        } catch (ParseException malformed) {
            throw new AssertionError(malformed);
        }
    }
}
