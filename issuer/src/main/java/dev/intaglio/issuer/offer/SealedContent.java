package dev.intaglio.issuer.offer;

import dev.intaglio.protocol.jose.SignedJwt;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Content encrypted under a key made from a random reference, which alone opens it. The store sees a hash of the reference
/// and the cipher text.
final class SealedContent {
    private static final int TAG_BITS = 128;

    private SealedContent() {}

    static String handle(String reference) {
        return SignedJwt.sha256(("handle " + reference).getBytes(StandardCharsets.UTF_8));
    }

    static byte[] seal(String reference, byte[] content) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, reference).doFinal(content);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has AES-GCM", impossible);
        }
    }

    /// @return empty if the content was altered in the store
    static Optional<byte[]> open(String reference, byte[] sealed) {
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, reference).doFinal(sealed));
        } catch (GeneralSecurityException altered) {
            return Optional.empty();
        }
    }

    /// A constant initialisation vector is right here: each reference, and so each key, seals once.
    private static Cipher cipher(int mode, String reference) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(reference.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var key = mac.doFinal("credential offer".getBytes(StandardCharsets.UTF_8));
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, new byte[12]));
        return cipher;
    }
}
