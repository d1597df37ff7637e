package dev.intaglio.keys;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SignatureException;

/// Verifies signatures made by others: key proofs, DPoP proofs, attestations, credentials.
///
/// The contract is the same throughout: `true` and `false` are about the signature, an [IllegalArgumentException] is
/// about the key or the algorithm. ES256, ES384, ES512, EdDSA and Ed25519 are known, and RS256…PS512 for the
/// certificates of others; `none` and symmetric algorithms are not. Which of them may be used *here* is the caller's
/// to say beforehand. Nothing is remembered between calls: most keys are met once.
public final class Signatures {

    private Signatures() {}

    /// Whether the signature, in the form JOSE gives it, is by this key over these bytes.
    ///
    /// @throws IllegalArgumentException if the algorithm is unknown, the key is not one for it (type, curve, length),
    ///     or is no valid key (not on its curve); the message says which
    public static boolean verify(JWK publicKey, JWSAlgorithm alg, byte[] signingInput, byte[] joseSignature) {
        var scheme = SignatureScheme.of(alg);
        return verify(scheme, PublicKeys.forScheme(publicKey, scheme), signingInput, joseSignature);
    }

    /// Whether the signature is by this key, as it comes out of a certificate.
    ///
    /// @throws IllegalArgumentException as for a JWK
    public static boolean verify(PublicKey publicKey, JWSAlgorithm alg, byte[] signingInput, byte[] joseSignature) {
        var scheme = SignatureScheme.of(alg);
        PublicKeys.requireUsable(publicKey, scheme);
        return verify(scheme, publicKey, signingInput, joseSignature);
    }

    private static boolean verify(SignatureScheme scheme, PublicKey key, byte[] signingInput, byte[] joseSignature) {
        try {
            return scheme.verifies(key, signingInput, joseSignature);
        } catch (SignatureException malformed) {
            // How providers say "these bytes are no signature"; to us that is the answer no.
            return false;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("the key cannot be used for " + scheme.algorithm(), unusable);
        }
    }
}
