package dev.intaglio.testing.flow;

import static org.junit.jupiter.api.Named.named;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestJwt;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// DPoP proofs that no server takes, by what is wrong with them.
final class BadDpopProofs {
    private static final String D = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

    private BadDpopProofs() {}

    /// What is wrong wherever the proof goes.
    static Stream<Arguments> anywhere() {
        return Stream.of(
                bad("typ of another JWT", proof -> proof.type("JWT")),
                bad("typ of a key proof", proof -> proof.type("openid4vci-proof+jwt")),
                bad("no typ", proof -> proof.withoutHeader("typ")),
                bad("alg none", TestJwt::unsigned),
                bad(
                        "HS256 by the public key",
                        proof -> proof.hmac(
                                proof.key().publicJwk().toJSONString().getBytes(StandardCharsets.UTF_8))),
                bad("an algorithm that is not listed", proof -> proof.by(SigningKey.generate(JWSAlgorithm.Ed25519))),
                bad("no jwk", proof -> proof.withoutHeader("jwk")),
                bad("a jwk that is none", proof -> proof.header("jwk", Map.of("kty", "EC", "crv", "P-256"))),
                bad(
                        "a private key",
                        proof -> proof.header(header ->
                                header.with("jwk", header.object("jwk").with("d", D)))),
                bad("a symmetric key", proof -> proof.header("jwk", Map.of("kty", "oct", "k", D))),
                bad("a signature by another key", proof -> proof.signedBy(SigningKey.generate(JWSAlgorithm.ES256))),
                bad(
                        "a flipped bit in the signature",
                        proof -> proof.signature(signature -> {
                            signature[5] ^= 4;
                            return signature;
                        })),
                bad("htm of another method", proof -> proof.claim("htm", "GET")),
                bad("htm in small letters", proof -> proof.claim("htm", "post")),
                bad("no htm", proof -> proof.withoutClaim("htm")),
                bad("htu of another host", proof -> proof.claim("htu", "https://another.example/token")),
                bad("htu of another path", proof -> proof.claim("htu", "https://issuer.example/other")),
                bad(
                        "htu of another port",
                        proof -> proof.claims(claims ->
                                claims.with("htu", claims.string("htu").replace(".example", ".example:8443")))),
                bad(
                        "htu by http",
                        proof -> proof.claims(claims ->
                                claims.with("htu", claims.string("htu").replace("https", "http")))),
                bad(
                        "htu with a slash more",
                        proof -> proof.claims(claims -> claims.with("htu", claims.string("htu") + "/"))),
                bad("htu that is relative", proof -> proof.claim("htu", "/token")),
                bad("htu that is no URI", proof -> proof.claim("htu", "https://issuer.example/to ken")),
                bad("no htu", proof -> proof.withoutClaim("htu")),
                bad("no jti", proof -> proof.withoutClaim("jti")),
                bad("an empty jti", proof -> proof.claim("jti", "")),
                bad("a jti of kilobytes", proof -> proof.claim("jti", "x".repeat(4096))),
                bad("a jti that is a number", proof -> proof.claim("jti", 7)),
                bad("no iat", proof -> proof.withoutClaim("iat")),
                bad("iat long ago", proof -> proof.issuedAt(TestIssuer.NOW.minusSeconds(301))),
                bad("iat far ahead", proof -> proof.issuedAt(TestIssuer.NOW.plusSeconds(61))),
                bad("iat after time ends", proof -> proof.claim("iat", Long.MAX_VALUE)),
                bad("iat of sixty digits", proof -> proof.claim("iat", BigInteger.TEN.pow(60))),
                bad("iat that is a string", proof -> proof.claim("iat", "1793700930")));
    }

    private static Arguments bad(String name, UnaryOperator<TestJwt> change) {
        return Arguments.of(named(name, change));
    }
}
