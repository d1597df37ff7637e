package dev.intaglio.server.login;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals what a browser keeps for us: AES-256 in GCM, under a key that all nodes have.
final class Seal {
    private static final int IV = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    /// @param secret that all nodes share; the key is derived from it, for this purpose alone
    Seal(byte[] secret, SecureRandom random) {
        this.random = random;
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            key = new SecretKeySpec(mac.doFinal("visits to the sign-in page".getBytes(StandardCharsets.UTF_8)), "AES");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("HMAC-SHA256 is missing", missing);
        }
    }

    /// @param purpose must be the same when it is opened
    String close(byte[] content, String purpose) {
        var iv = new byte[IV];
        random.nextBytes(iv);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, iv, purpose).doFinal(content);
            var all = Arrays.copyOf(iv, IV + sealed.length);
            System.arraycopy(sealed, 0, all, IV, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("AES-GCM is missing", missing);
        }
    }

    /// Empty unless it was sealed by us, for this purpose.
    Optional<byte[]> open(String sealed, String purpose) {
        try {
            var all = Base64.getUrlDecoder().decode(sealed);
            if (all.length < IV) {
                return Optional.empty();
            }
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, IV), purpose).doFinal(all, IV, all.length - IV));
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] iv, String purpose) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
