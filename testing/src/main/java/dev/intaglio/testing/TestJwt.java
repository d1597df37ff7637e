package dev.intaglio.testing;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A JWT about to be signed, of which every part can still be changed, to what no library would let pass too: a key proof
/// (App. F.1) or a DPoP proof (RFC 9449, section 4.2) as [TestWallet] makes it. Immutable: each change gives another one.
///
/// ```java
/// var stolen = wallet.keyProof(proof -> proof.audience("https://another.example"));
/// ```
public final class TestJwt {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final JsonObject header;
    private final JsonObject claims;
    private final SigningKey key;
    private final UnaryOperator<byte[]> signer;

    private TestJwt(JsonObject header, JsonObject claims, SigningKey key, UnaryOperator<byte[]> signer) {
        this.header = header;
        this.claims = claims;
        this.key = key;
        this.signer = signer;
    }

    /// A JWT that shows its public key in the header, with the `alg` of that key.
    public static TestJwt of(String type, SigningKey key, JsonObject claims) {
        var header = JsonObject.builder()
                .put("typ", type)
                .put("alg", key.algorithm().getName())
                .put("jwk", jwk(key))
                .build();
        return new TestJwt(header, claims, key, key::sign);
    }

    /// Changes the header as a whole.
    public TestJwt header(UnaryOperator<JsonObject> change) {
        return new TestJwt(change.apply(header), claims, key, signer);
    }

    /// Sets one header parameter; `null` is written as such.
    public TestJwt header(String name, @Nullable Object value) {
        return header(old -> old.with(name, value));
    }

    public TestJwt withoutHeader(String name) {
        return header(old -> old.without(name));
    }

    /// Changes the claims as a whole.
    public TestJwt claims(UnaryOperator<JsonObject> change) {
        return new TestJwt(header, change.apply(claims), key, signer);
    }

    /// Sets one claim; `null` is written as such.
    public TestJwt claim(String name, @Nullable Object value) {
        return claims(old -> old.with(name, value));
    }

    public TestJwt withoutClaim(String name) {
        return claims(old -> old.without(name));
    }

    /// The header's `typ`.
    public TestJwt type(String type) {
        return header("typ", type);
    }

    /// The claim `aud`.
    public TestJwt audience(String audience) {
        return claim("aud", audience);
    }

    /// The claim `iss`.
    public TestJwt issuer(String issuer) {
        return claim("iss", issuer);
    }

    /// The claim `nonce`.
    public TestJwt nonce(String nonce) {
        return claim("nonce", nonce);
    }

    /// The claim `iat`.
    public TestJwt issuedAt(Instant time) {
        return claim("iat", time.getEpochSecond());
    }

    /// Another key in every respect: it signs, its algorithm is the `alg`, and it is the `jwk` if there is one.
    public TestJwt by(SigningKey other) {
        var changed = header.with("alg", other.algorithm().getName());
        return new TestJwt(changed.has("jwk") ? changed.with("jwk", jwk(other)) : changed, claims, other, other::sign);
    }

    /// Another key signs, and the header does not say so.
    public TestJwt signedBy(SigningKey other) {
        return new TestJwt(header, claims, other, other::sign);
    }

    /// The key is named by a DID URL or another `kid`, and not shown.
    public TestJwt namedBy(String kid) {
        return withoutHeader("jwk").header("kid", kid);
    }

    /// The key is shown by certificates, leaf first, and not by itself.
    public TestJwt certifiedBy(List<X509Certificate> chain) {
        return withoutHeader("jwk")
                .header("x5c", X5c.encode(chain).stream().map(Object::toString).toList());
    }

    /// `alg` is `none` and the signature is empty (RFC 7518, section 3.6).
    public TestJwt unsigned() {
        return new TestJwt(header.with("alg", "none"), claims, key, input -> new byte[0]);
    }

    /// `alg` is `HS256`, with a secret that is none: whoever is tricked into it takes a public key for a secret.
    public TestJwt hmac(byte[] secret) {
        return new TestJwt(header.with("alg", "HS256"), claims, key, input -> hmac(secret, input));
    }

    /// Changes the signature, once it is made.
    public TestJwt signature(UnaryOperator<byte[]> change) {
        return new TestJwt(header, claims, key, input -> change.apply(signer.apply(input)));
    }

    /// The key that signs.
    public SigningKey key() {
        return key;
    }

    /// Signs, and writes it in compact serialisation.
    public String compact() {
        var input = BASE64URL.encodeToString(header.bytes()) + "." + BASE64URL.encodeToString(claims.bytes());
        return input + "." + BASE64URL.encodeToString(signer.apply(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static JsonObject jwk(SigningKey key) {
        return SignedJwt.jwk(key.publicJwk()).without("kid").without("use").without("alg");
    }

    private static byte[] hmac(byte[] secret, byte[] input) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(input);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    /// Names only.
    @Override
    public String toString() {
        return "TestJwt[" + header + ", " + claims + "]";
    }
}
