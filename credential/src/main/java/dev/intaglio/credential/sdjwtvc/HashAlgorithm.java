package dev.intaglio.credential.sdjwtvc;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The hash functions we understand in `_sd_alg` (RFC 9901 §4.1.1), by their names in the IANA registry of Named
/// Information hash algorithms.
public enum HashAlgorithm {
    SHA_256("sha-256", "SHA-256"),
    SHA_384("sha-384", "SHA-384"),
    SHA_512("sha-512", "SHA-512");

    private final String word;
    private final String jcaName;

    HashAlgorithm(String word, String jcaName) {
        this.word = word;
        this.jcaName = jcaName;
    }

    /// @throws DisclosureException if we do not understand it
    static HashAlgorithm of(String word) {
        for (var algorithm : values()) {
            if (algorithm.word.equals(word)) {
                return algorithm;
            }
        }
        throw new DisclosureException("_sd_alg is none of those we understand: sha-256, sha-384, sha-512");
    }

    /// As `_sd_alg` writes it.
    public String word() {
        return word;
    }

    MessageDigest messageDigest() {
        try {
            return MessageDigest.getInstance(jcaName);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has " + jcaName, impossible);
        }
    }

    String digest(byte[] ascii) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(messageDigest().digest(ascii));
    }
}
