package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestDids;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestJwt;
import dev.intaglio.testing.TestWallet;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("App. F.4 A bad key proof is invalid_proof, and the offer stays good")
class BadKeyProofFlowTest {
    private final TestIssuer issuer = TestIssuer.create();
    private final TestWallet wallet = issuer.wallet();
    private final TokenResponse token =
            wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token();

    static Stream<Arguments> header() {
        return Stream.of(
                bad("of the type JWT", proof -> proof.type("JWT")),
                bad("of the type of a DPoP proof", proof -> proof.type("dpop+jwt")),
                bad("of its type in capitals", proof -> proof.type("OPENID4VCI-PROOF+JWT")),
                bad("without a type", proof -> proof.withoutHeader("typ")),
                bad("with a type that is no string", proof -> proof.header("typ", List.of("openid4vci-proof+jwt"))),
                bad("with alg none", TestJwt::unsigned),
                bad("with alg none, signed all the same", proof -> proof.header("alg", "none")),
                bad(
                        "with HS256 by the public key",
                        proof -> proof.hmac(
                                proof.key().publicJwk().toJSONString().getBytes(StandardCharsets.UTF_8))),
                bad("without alg", proof -> proof.withoutHeader("alg")),
                bad("with the alg of another curve", proof -> proof.header("alg", "ES384")),
                bad("with an alg nobody knows", proof -> proof.header("alg", "XS256")),
                bad("with RS256, which the metadata does not list", proof -> proof.header("alg", "RS256")),
                bad(
                        "with Ed25519, which the metadata does not list",
                        proof -> proof.by(SigningKey.generate(JWSAlgorithm.Ed25519))),
                bad("with a critical header parameter", proof -> proof.header("crit", List.of("exp"))),
                bad("without a key", proof -> proof.withoutHeader("jwk")),
                bad("with jwk and kid", proof -> proof.header("kid", TestDids.jwk(proof.key()))),
                bad("with a kid that is no DID", proof -> proof.namedBy("key-1")),
                bad(
                        "with a kid of a DID method that is not listed",
                        proof -> proof.namedBy("did:web:wallet.example#key-1")),
                bad("with an empty kid", proof -> proof.namedBy("")),
                bad("with an empty x5c", proof -> proof.withoutHeader("jwk").header("x5c", List.of())),
                bad(
                        "with an x5c that is none",
                        proof -> proof.withoutHeader("jwk").header("x5c", List.of("AAAA", "BBBB"))),
                bad("with a jwk that is a string", proof -> proof.header("jwk", "key")),
                bad("with a jwk that is none", proof -> proof.header("jwk", Map.of("kty", "EC"))),
                bad("with a key of a kind nobody knows", proof -> proof.header("jwk", Map.of("kty", "XX"))),
                bad("with a symmetric key", proof -> proof.header("jwk", Map.of("kty", "oct", "k", "AAAA"))),
                bad("with a point beside its curve", proof -> proof.header("jwk", beside(proof.key()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @Requirement({"CI-PROOF-2", "CI-PROOF-6", "CI-ERR-6"})
    @DisplayName("header")
    void header(UnaryOperator<TestJwt> change) {
        assertInvalid(change);
    }

    static Stream<Arguments> privateKey() {
        var ec = generated();
        return Stream.of(
                bad(
                        "d of an EC key",
                        proof -> proof.header("jwk", ec.toJSONObject()).signedBy(SigningKey.of(ec))),
                bad(
                        "d of an OKP key",
                        proof -> proof.by(SigningKey.generate(JWSAlgorithm.EdDSA))
                                .header(header -> header.with(
                                        "jwk",
                                        header.object("jwk")
                                                .with("d", "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")))),
                bad(
                        "k of a symmetric key",
                        proof -> proof.header("jwk", Map.of("kty", "oct", "k", "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"))
                                .hmac("secretsecretsecretsecret".getBytes(StandardCharsets.UTF_8))),
                bad(
                        "d in a did:jwk",
                        proof -> proof.signedBy(SigningKey.of(ec))
                                .namedBy("did:jwk:"
                                        + Base64.getUrlEncoder()
                                                .withoutPadding()
                                                .encodeToString(
                                                        ec.toJSONString().getBytes(StandardCharsets.UTF_8)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @Requirement("CI-PROOF-5")
    @DisplayName("the header holds a private key")
    void privateKey(UnaryOperator<TestJwt> change) {
        assertInvalid(change);
    }

    static Stream<Arguments> signature() {
        return Stream.of(
                bad("by another key", proof -> proof.signedBy(SigningKey.generate(JWSAlgorithm.ES256))),
                bad("empty", proof -> proof.signature(signature -> new byte[0])),
                bad("all zero", proof -> proof.signature(signature -> new byte[64])),
                bad("a byte short", proof -> proof.signature(signature -> Arrays.copyOf(signature, 63))),
                bad("a byte long", proof -> proof.signature(signature -> Arrays.copyOf(signature, 65))),
                bad(
                        "with a flipped bit",
                        proof -> proof.signature(signature -> {
                            signature[17] ^= 1;
                            return signature;
                        })),
                bad(
                        "under a did:jwk of another key",
                        proof -> proof.namedBy(TestDids.jwk(SigningKey.generate(JWSAlgorithm.ES256)))),
                bad(
                        "under a did:key of another key",
                        proof -> proof.namedBy(TestDids.key(SigningKey.generate(JWSAlgorithm.ES256)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @Requirement("CI-PROOF-4")
    @DisplayName("signature")
    void signature(UnaryOperator<TestJwt> change) {
        assertInvalid(change);
    }

    @Test
    @Requirement("CI-PROOF-4")
    @DisplayName("signature not by the key of the certificate in x5c")
    void signatureByAnother() {
        assertInvalid(proof -> proof.certifiedBy(certified("ES256").chain()));
    }

    @Test
    @Requirement("CI-PROOF-2")
    @DisplayName("jwk and x5c at once, though both are right")
    void jwkAndX5c() {
        var key = certified("ES256");
        assertInvalid(proof -> proof.by(key).certifiedBy(key.chain()).header("jwk", SignedJwt.jwk(key.publicJwk())));
    }

    static Stream<Arguments> claims() {
        return Stream.of(
                bad("aud of another issuer", proof -> proof.audience("https://another.example")),
                bad("aud with a slash more", proof -> proof.audience("https://issuer.example/")),
                bad("aud in capitals", proof -> proof.audience("https://ISSUER.example")),
                bad("aud is the endpoint", proof -> proof.audience("https://issuer.example/credential")),
                bad("aud is an array", proof -> proof.claim("aud", List.of("https://issuer.example"))),
                bad("no aud", proof -> proof.withoutClaim("aud")),
                bad("no iat", proof -> proof.withoutClaim("iat")),
                bad("iat is a string", proof -> proof.claim("iat", "1793700930")),
                bad("iat more than five minutes ago", proof -> proof.issuedAt(TestIssuer.NOW.minusSeconds(301))),
                bad("iat more than a minute ahead", proof -> proof.issuedAt(TestIssuer.NOW.plusSeconds(61))),
                bad("iat in milliseconds", proof -> proof.claim("iat", TestIssuer.NOW.toEpochMilli())),
                bad("iat before time began", proof -> proof.claim("iat", Long.MIN_VALUE)),
                bad("iat after time ends", proof -> proof.claim("iat", Long.MAX_VALUE)),
                bad("iat just where time ends", proof -> proof.claim("iat", Instant.MAX.getEpochSecond())),
                bad("iat of sixty digits", proof -> proof.claim("iat", BigInteger.TEN.pow(60))),
                bad("iat with a huge exponent", proof -> proof.claim("iat", new BigDecimal("1e999999"))),
                bad("no nonce", proof -> proof.withoutClaim("nonce")),
                bad("nonce is null", proof -> proof.claim("nonce", null)),
                bad("nonce is a number", proof -> proof.claim("nonce", 1)),
                bad("iss from an anonymous wallet", proof -> proof.issuer("wallet")),
                bad("iss is a number", proof -> proof.claim("iss", 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @Requirement({"CI-PROOF-1", "CI-PROOF-3", "CI-PROOF-7", "CI-ERR-6"})
    @DisplayName("claims")
    void claims(UnaryOperator<TestJwt> change) {
        assertInvalid(change);
    }

    @ParameterizedTest
    @Requirement("CI-ERR-6")
    @DisplayName("no JWT at all")
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "a.b",
                "a.b.c",
                "e30.e30.",
                "e30.e30.AAAA",
                "e30=.e30=.AAAA",
                "bnVsbA.bnVsbA.AAAA",
                "\ud83d\ude00.e30.e30"
            })
    void noJwt(String compact) {
        assertRefused(
                wallet.request(token, TestIssuer.PID).proofs(List.of(compact)).send(), 400, "invalid_proof");
        assertThat(wallet.request(token, TestIssuer.PID).credential()).isNotEmpty();
    }

    @Test
    @Requirement("CI-PROOF-4")
    @DisplayName("spelt differently in the bits that base64url leaves over")
    void otherSpelling() {
        var proof = wallet.keyProof();
        var last = proof.charAt(proof.length() - 1);
        var other = proof.substring(0, proof.length() - 1) + (last == 'A' ? 'B' : (char) (last + 1));
        assertRefused(
                wallet.request(token, TestIssuer.PID).proofs(List.of(other)).send(), 400, "invalid_proof");
        assertRefused(
                wallet.request(token, TestIssuer.PID)
                        .proofs(List.of(proof + "=="))
                        .send(),
                400,
                "invalid_proof");
        assertThat(wallet.request(token, TestIssuer.PID).proofs(List.of(proof)).credential())
                .isNotEmpty();
    }

    private static Arguments bad(String name, UnaryOperator<TestJwt> change) {
        return Arguments.of(named(name, change));
    }

    private void assertInvalid(UnaryOperator<TestJwt> change) {
        assertRefused(send(change), 400, "invalid_proof");
        assertThat(wallet.request(token, TestIssuer.PID).credential()).isNotEmpty();
    }

    private static ECKey generated() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Map<String, Object> beside(SigningKey key) {
        var jwk =
                new LinkedHashMap<String, Object>(key.publicJwk().toPublicJWK().toJSONObject());
        var y = Base64URL.from(String.valueOf(jwk.get("y"))).decode();
        y[31] ^= 1;
        jwk.put("y", Base64URL.encode(y).toString());
        return jwk;
    }

    private Response send(UnaryOperator<TestJwt> change) {
        return wallet.request(token, TestIssuer.PID).proof(change).send();
    }

    private SigningKey certified(String algorithm) {
        return issuer.certificationAuthority()
                .issue("Wallet key", URI.create("https://wallet.example"), JWSAlgorithm.parse(algorithm));
    }
}
