package dev.intaglio.protocol.jose;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.keys.Signatures;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.explanation.Explanation;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A JWT in JWS compact serialisation (RFC 7515, RFC 7519), parsed but not yet believed: ask [#verifies] before its claims.
/// `none` and symmetric algorithms cannot be read.
public final class SignedJwt {
    /// The algorithms we verify unless a caller allows fewer.
    public static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    private static final int MAX_LENGTH = 128 * 1024;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final String compact;
    private final JsonObject header;
    private final JsonObject claims;
    private final JWSAlgorithm algorithm;
    private final int signatureStart;
    private final byte[] signature;

    private SignedJwt(
            String compact,
            JsonObject header,
            JsonObject claims,
            JWSAlgorithm algorithm,
            int signatureStart,
            byte[] signature) {
        this.compact = compact;
        this.header = header;
        this.claims = claims;
        this.algorithm = algorithm;
        this.signatureStart = signatureStart;
        this.signature = signature;
    }

    /// Reads a JWT of at most 128 KiB signed by one of [#ALGORITHMS].
    ///
    /// @throws JsonException if it is not one; the message never quotes it
    public static SignedJwt parse(String compact) {
        return parse(compact, JsonLimits.REQUEST);
    }

    /// @throws JsonException if it is not a JWT within the limits
    public static SignedJwt parse(String compact, JsonLimits limits) {
        return parse(compact, limits, ALGORITHMS);
    }

    /// @param algorithms those that may have been used; asymmetric ones only, for others [#verifies] is false
    /// @throws JsonException if it is not a JWT within the limits, or signed by another algorithm
    public static SignedJwt parse(String compact, JsonLimits limits, Set<JWSAlgorithm> algorithms) {
        if (compact.length() > Math.max(MAX_LENGTH, limits.maxBytes())) {
            throw new JsonException("the JWT is longer than we read");
        }
        var first = compact.indexOf('.');
        var second = compact.indexOf('.', first + 1);
        if (first < 0 || second < 0 || compact.indexOf('.', second + 1) >= 0) {
            throw new JsonException(
                    "expected a JWT: three parts joined by dots",
                    Explanation.of("RFC 7515, 7.1")
                            .expected("three parts joined by dots")
                            .came(compact.split("\\.", -1).length + " parts, " + Shown.length(compact)));
        }
        var header = Json.readObject(decode(compact.substring(0, first)), limits);
        var algorithm = JWSAlgorithm.parse(header.string("alg"));
        if (!algorithms.contains(algorithm)) {
            var known = algorithms.stream().map(JWSAlgorithm::getName).sorted().collect(Collectors.joining(", "));
            throw new JsonException(
                    "the JWT's alg is none of those we verify: " + known,
                    Explanation.of("RFC 7515, 4.1.1").expected(known).came(Shown.value(algorithm.getName())));
        }
        if (header.has("crit")) {
            throw new JsonException("the JWT has critical header parameters, none of which we know");
        }
        var claims = Json.readObject(decode(compact.substring(first + 1, second)), limits);
        return new SignedJwt(compact, header, claims, algorithm, second + 1, decode(compact.substring(second + 1)));
    }

    /// Makes a JWT; `alg` is set from the key.
    public static String sign(JsonObject header, JsonObject claims, SigningKey key) {
        var complete = JsonObject.builder()
                .put("alg", key.algorithm().getName())
                .putAll(header)
                .build();
        var input = ENCODER.encodeToString(complete.bytes()) + "." + ENCODER.encodeToString(claims.bytes());
        return input + "." + ENCODER.encodeToString(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    public JsonObject header() {
        return header;
    }

    public JsonObject claims() {
        return claims;
    }

    public JWSAlgorithm algorithm() {
        return algorithm;
    }

    /// The header's `typ`, exactly as written.
    public Optional<String> type() {
        return header.optionalString("typ");
    }

    /// The header's `jwk`: a public key.
    ///
    /// @throws JsonException if it is no key, or holds a private one (App. F.4: "the header does not contain a private key")
    public Optional<JWK> headerKey() {
        return header.optionalObject("jwk").map(SignedJwt::publicKey);
    }

    /// The header's `x5c` as its base64 strings, leaf first.
    public Optional<List<String>> headerChain() {
        return header.optionalStrings("x5c");
    }

    /// Whether `key` made the signature by the algorithm the header names. False too for a key of another kind.
    public boolean verifies(JWK key) {
        try {
            return Signatures.verify(
                    key,
                    algorithm,
                    compact.substring(0, signatureStart - 1).getBytes(StandardCharsets.US_ASCII),
                    signature);
        } catch (IllegalArgumentException unfit) {
            return false;
        }
    }

    public String compact() {
        return compact;
    }

    /// Reads a public JWK.
    ///
    /// @throws JsonException if it is no asymmetric key, or a private one
    public static JWK publicKey(JsonObject jwk) {
        try {
            var key = JWK.parse(jwk.members());
            if (key.isPrivate()) {
                throw new JsonException("the jwk holds a private key");
            }
            return key;
        } catch (ParseException | IllegalArgumentException malformed) {
            if (malformed instanceof JsonException named) {
                throw named;
            }
            throw new JsonException("jwk: not a public key we can read", malformed);
        }
    }

    public static JsonObject jwk(JWK key) {
        return JsonObject.of(key.toPublicJWK().toJSONObject());
    }

    /// SHA-256, base64url without padding: `ath`, `jkt`, digests of disclosures.
    public static String sha256(byte[] content) {
        try {
            return ENCODER.encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static byte[] decode(String part) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException malformed) {
            throw new JsonException("the JWT is not base64url", malformed);
        }
        // The decoder is lenient about padding and spare bits; what may be remembered by its text has one spelling.
        if (!ENCODER.encodeToString(bytes).equals(part)) {
            throw new JsonException("the JWT is not base64url without padding");
        }
        return bytes;
    }

    @Override
    public String toString() {
        return "SignedJwt[" + type().orElse("no typ") + ", " + algorithm + "]";
    }
}
