package dev.intaglio.protocol.oauth;

import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.nonce.Unguessable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/// Proof Key for Code Exchange (RFC 7636) by its one method worth having, `S256`.
///
/// ```java
/// var verifier = Pkce.newVerifier(random);          // kept by the wallet
/// var challenge = Pkce.challenge(verifier);         // sent with the authorization request
/// Pkce.proves(verifier, challenge);                 // asked at the token endpoint
/// ```
public final class Pkce {
    public static final String S256 = "S256";

    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private Pkce() {}

    /// A `code_verifier` of 256 random bits.
    public static String newVerifier(SecureRandom random) {
        return Unguessable.text(random, Unguessable.SECRET);
    }

    /// The `code_challenge` of a verifier (section 4.2).
    ///
    /// @throws IllegalArgumentException if it is no verifier (section 4.1)
    public static String challenge(String verifier) {
        if (!VERIFIER.matcher(verifier).matches()) {
            throw new IllegalArgumentException("code_verifier is 43 to 128 unreserved characters");
        }
        return SignedJwt.sha256(verifier.getBytes(StandardCharsets.US_ASCII));
    }

    /// Whether the challenge was made from this verifier (section 4.6). False, too, for what is no verifier.
    public static boolean proves(String verifier, String challenge) {
        return VERIFIER.matcher(verifier).matches()
                && MessageDigest.isEqual(
                        challenge(verifier).getBytes(StandardCharsets.US_ASCII),
                        challenge.getBytes(StandardCharsets.UTF_8));
    }

    /// Whether this can be the outcome of `S256`: 256 bits in base64url.
    static boolean isChallenge(String value) {
        return CHALLENGE.matcher(value).matches();
    }
}
