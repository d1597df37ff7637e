package dev.intaglio.keys.file;

import dev.intaglio.keys.Pem;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.X5c;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;

/// A signing key in PEM: `PRIVATE KEY` (PKCS#8, not encrypted) and either its chain, leaf first, or its `PUBLIC KEY`.
///
/// A private key alone is not enough, since PKCS#8 need not contain the public half and the JDK does not compute it;
/// `openssl pkey -in key.pem -pubout >> key.pem` adds it. Self-signed certificates at the end of the chain are left
/// out.
public final class PemKeys {

    private static final List<String> ALGORITHMS = List.of("EC", "Ed25519");

    private PemKeys() {}

    /// Key and chain, or key and public key, in one file.
    ///
    /// @throws IllegalArgumentException if something is missing, malformed, or not of a kind we sign with
    public static SigningKey load(Path file) throws IOException {
        var text = read(file);
        var privateKey = privateKey(text, file);
        if (Pem.labels(text).contains("CERTIFICATE")) return signingKey(privateKey, Pem.certificates(file), file);
        return signingKey(privateKey, publicKey(text, file), List.of(), file);
    }

    /// The key in one file, its chain in another.
    ///
    /// @throws IllegalArgumentException if something is missing, malformed, or not of a kind we sign with
    public static SigningKey load(Path privateKey, Path chain) throws IOException {
        return signingKey(privateKey(read(privateKey), privateKey), Pem.certificates(chain), privateKey);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static SigningKey signingKey(PrivateKey key, List<X509Certificate> chain, Path file) {
        return signingKey(key, chain.getFirst().getPublicKey(), X5c.withoutAnchor(chain), file);
    }

    private static SigningKey signingKey(
            PrivateKey privateKey, PublicKey publicKey, List<X509Certificate> chain, Path file) {
        try {
            return SigningKey.of(privateKey, publicKey, chain);
        } catch (IllegalArgumentException unfit) {
            throw new IllegalArgumentException("the key in " + file + ": " + unfit.getMessage(), unfit);
        }
    }

    private static PrivateKey privateKey(String text, Path file) {
        var labels = Pem.labels(text);
        if (labels.contains("ENCRYPTED PRIVATE KEY"))
            throw new IllegalArgumentException(file + " is encrypted; decrypt it with"
                    + " `openssl pkcs8 -in key.pem -out plain.pem`, or keep the key in PKCS#12");
        if (labels.contains("EC PRIVATE KEY"))
            throw new IllegalArgumentException(file + " is in the older form of OpenSSL; convert it with"
                    + " `openssl pkcs8 -topk8 -nocrypt -in key.pem -out pkcs8.pem`");
        var spec = new PKCS8EncodedKeySpec(only("PRIVATE KEY", text, file));
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException otherKind) {
                // Which kind it is shows when it is parsed; the next one tries.
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException("no provider knows " + algorithm + " keys", missing);
            }
        }
        throw new IllegalArgumentException("the private key in " + file + " is none of " + ALGORITHMS);
    }

    private static PublicKey publicKey(String text, Path file) {
        var spec = new X509EncodedKeySpec(only("PUBLIC KEY", text, file));
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(spec);
            } catch (InvalidKeySpecException otherKind) {
                // As above.
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException("no provider knows " + algorithm + " keys", missing);
            }
        }
        throw new IllegalArgumentException("the public key in " + file + " is none of " + ALGORITHMS);
    }

    private static byte[] only(String label, String text, Path file) {
        var blocks = Pem.blocks(text, label);
        if (blocks.size() != 1)
            throw new IllegalArgumentException(file + " should hold one " + label + " block, and holds " + blocks.size()
                    + (label.equals("PUBLIC KEY") ? " and no CERTIFICATE either" : ""));
        return blocks.getFirst();
    }
}
