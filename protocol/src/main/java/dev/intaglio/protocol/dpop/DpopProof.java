package dev.intaglio.protocol.dpop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.explanation.Explanation;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.nonce.Unguessable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A DPoP proof (RFC 9449, section 4.2) whose signature has been verified by the key in its own header. Whether it fits a
/// request is asked by [#requireFor]; nonce and replay are for the server that knows its nonces.
///
/// @param thumbprint of the key (RFC 7638, SHA-256, base64url)
/// @param accessTokenHash `ath`
public record DpopProof(
        JWK key,
        String thumbprint,
        String id,
        String method,
        String uri,
        Instant issuedAt,
        Optional<String> nonce,
        Optional<String> accessTokenHash) {
    public static final String TYPE = "dpop+jwt";
    public static final String HEADER = "DPoP";
    public static final String NONCE_HEADER = "DPoP-Nonce";

    /// The algorithms servers list in `dpop_signing_alg_values_supported`.
    public static final List<String> ALGORITHMS = List.of("ES256", "ES384", "ES512", "EdDSA");

    private static final int MAX_ID = 256;
    private static final Pattern PERCENT_ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");

    /// Makes a proof.
    ///
    /// @param id random, at least 96 bits
    /// @param accessToken present at a protected resource
    public static String make(
            SigningKey key,
            String id,
            String method,
            URI uri,
            Instant now,
            Optional<String> nonce,
            Optional<String> accessToken) {
        var header = JsonObject.builder()
                .put("typ", TYPE)
                .put("jwk", publicMembers(key.publicJwk()))
                .build();
        var claims = JsonObject.builder()
                .put("jti", id)
                .put("htm", method)
                .put("htu", withoutQuery(uri).toString())
                .put("iat", now.getEpochSecond())
                .putIf("nonce", nonce)
                .putIf("ath", accessToken.map(DpopProof::accessTokenHash))
                .build();
        return SignedJwt.sign(header, claims, key);
    }

    /// Reads and verifies the signature (section 4.3, steps 2 to 7).
    ///
    /// @throws JsonException saying which rule it breaks
    public static DpopProof verify(String compact, Set<JWSAlgorithm> algorithms) {
        var jwt = SignedJwt.parse(compact);
        if (!jwt.type().filter(TYPE::equalsIgnoreCase).isPresent()) {
            throw broken(
                    "the DPoP proof's typ is not " + TYPE,
                    "typ " + TYPE,
                    jwt.type().map(type -> "typ " + Shown.value(type)).orElse("no typ"));
        }
        if (!algorithms.contains(jwt.algorithm())) {
            throw broken(
                    "the DPoP proof's alg is not among dpop_signing_alg_values_supported",
                    algorithms.stream().map(JWSAlgorithm::getName).sorted().collect(Collectors.joining(", ")),
                    Shown.value(jwt.algorithm().getName()));
        }
        var key = jwt.headerKey()
                .orElseThrow(() -> broken(
                        "the DPoP proof's header has no jwk",
                        "the public key as jwk",
                        "a header with " + Shown.names(jwt.header().members().keySet())));
        if (!jwt.verifies(key)) {
            throw new JsonException("the DPoP proof's signature does not verify by the jwk in its header");
        }
        var claims = jwt.claims();
        var id = claims.string("jti");
        if (id.isEmpty() || id.length() > MAX_ID) {
            throw new JsonException("the DPoP proof's jti is empty or longer than " + MAX_ID + " characters");
        }
        return new DpopProof(
                key.toPublicJWK(),
                thumbprint(key),
                id,
                claims.string("htm"),
                claims.string("htu"),
                Instant.ofEpochSecond(claims.optionalSeconds("iat")
                        .orElseThrow(() -> new JsonException("the DPoP proof has no iat"))),
                claims.optionalString("nonce"),
                claims.optionalString("ath"));
    }

    /// Requires that the proof was made for this request (section 4.3, steps 8 and 9).
    ///
    /// @throws JsonException saying which part differs
    public DpopProof requireFor(String requestMethod, URI requestUri) {
        if (!method.equals(requestMethod)) {
            throw broken("the DPoP proof's htm is not the request's method", requestMethod, Shown.value(method));
        }
        URI claimed;
        try {
            claimed = URI.create(uri);
        } catch (IllegalArgumentException malformed) {
            throw new JsonException("the DPoP proof's htu is no URI", malformed);
        }
        if (!normalised(claimed).equals(normalised(requestUri))) {
            throw broken(
                    "the DPoP proof's htu is not the request's address",
                    Shown.value(withoutQuery(requestUri).toString()),
                    Shown.value(withoutQuery(claimed).toString()));
        }
        return this;
    }

    private static JsonException broken(String rule, String expected, String came) {
        return new JsonException(
                rule, Explanation.of("RFC 9449, 4.3").expected(expected).came(came));
    }

    /// `ath`: base64url of the SHA-256 of the token.
    public static String accessTokenHash(String accessToken) {
        return SignedJwt.sha256(accessToken.getBytes(StandardCharsets.US_ASCII));
    }

    /// The RFC 7638 thumbprint by SHA-256, as in `cnf.jkt`.
    public static String thumbprint(JWK key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /// Query and fragment do not count; scheme, host, default port, dot segments and needless percent-encoding are
    /// normalised (RFC 3986, section 6.2).
    private static String normalised(URI uri) {
        var normal = uri.normalize();
        var scheme = String.valueOf(normal.getScheme()).toLowerCase(Locale.ROOT);
        var port = normal.getPort() == (scheme.equals("https") ? 443 : 80) ? -1 : normal.getPort();
        // A host with an underscore is none to URI; without this all such hosts would be the same.
        var authority =
                normal.getHost() == null ? String.valueOf(normal.getRawAuthority()) : normal.getHost() + ":" + port;
        var path = normal.getRawPath() == null || normal.getRawPath().isEmpty() ? "/" : normal.getRawPath();
        return scheme + "://" + authority.toLowerCase(Locale.ROOT)
                + PERCENT_ENCODED.matcher(path).replaceAll(DpopProof::normalisedOctet);
    }

    private static String normalisedOctet(MatchResult encoded) {
        var octet = (char) Integer.parseInt(encoded.group(1), 16);
        var unreserved = octet < 0x80 && (Character.isLetterOrDigit(octet) || "-._~".indexOf(octet) >= 0);
        return unreserved ? String.valueOf(octet) : encoded.group().toUpperCase(Locale.ROOT);
    }

    private static URI withoutQuery(URI uri) {
        return URI.create(
                uri.getScheme() + "://" + uri.getRawAuthority() + (uri.getRawPath() == null ? "" : uri.getRawPath()));
    }

    private static JsonObject publicMembers(JWK key) {
        return SignedJwt.jwk(key).without("kid").without("alg").without("use");
    }

    /// A random `jti` of 128 bits.
    public static String newId(SecureRandom random) {
        return Unguessable.text(random, Unguessable.IDENTIFIER);
    }
}
