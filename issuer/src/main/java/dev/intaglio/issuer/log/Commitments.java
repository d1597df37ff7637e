package dev.intaglio.issuer.log;

import dev.intaglio.credential.HolderKey;
import dev.intaglio.protocol.dpop.DpopProof;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What the log holds in place of credentials: HMACs under a salt of each issuance's own. Who has the salt can say which record
/// is about which credential; when it is erased, nobody can, ever.
///
/// A credential is named by the key it is bound to: no two credentials have the same, and it is known before anything is signed.
public record Commitments(byte[] salt) {
    private static final int BYTES = 32;

    public Commitments {
        salt = salt.clone();
    }

    static Commitments fresh(SecureRandom random) {
        var salt = new byte[BYTES];
        random.nextBytes(salt);
        return new Commitments(salt);
    }

    /// The `id` of the event about the issuance.
    public String event() {
        return text(hmac(salt, "event"));
    }

    /// In the order of the credentials.
    List<String> credentials(String issuanceId, List<Optional<HolderKey>> keys) {
        var made = new ArrayList<String>();
        for (int number = 0; number < keys.size(); number++) {
            made.add(credential(
                    opening(number), issuanceId, number, keys.get(number).map(key -> DpopProof.thumbprint(key.jwk()))));
        }
        return made;
    }

    /// Opens the commitment to one credential, and to no other of the batch.
    String opening(int number) {
        return text(hmac(salt, "credential " + number));
    }

    /// @param opening as above
    /// @param thumbprint of the key it is bound to (RFC 7638)
    static String credential(String opening, String issuanceId, int number, Optional<String> thumbprint) {
        var key = Base64.getUrlDecoder().decode(opening);
        return text(hmac(key, issuanceId + " " + number + " " + thumbprint.orElse("")));
    }

    private static byte[] hmac(byte[] key, String message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Without the salt.
    @Override
    public String toString() {
        return "Commitments[]";
    }
}
