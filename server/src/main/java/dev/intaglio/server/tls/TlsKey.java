package dev.intaglio.server.tls;

import dev.intaglio.protocol.http.Tls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;

/// A private key and its certificates, found to belong together and to be of use to a TLS server.
final class TlsKey {
    private static final String ALIAS = "tls";
    // A key store wants a password; this one is never written to a file.
    private static final String PASSWORD = "in memory";
    private static final int SHORTEST_RSA = 2048; // RFC 9325 §4.5

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    /// @param chain the server's own certificate first, each certified by the next
    /// @throws IllegalStateException in a sentence for the operator
    TlsKey(PrivateKey key, List<X509Certificate> chain, Instant now) {
        this.key = key;
        this.chain = List.copyOf(chain);
        require(!chain.isEmpty(), "there is no certificate beside the TLS key");
        var leaf = chain.getFirst();
        require(
                !now.isAfter(leaf.getNotAfter().toInstant()),
                "the TLS certificate is expired since " + leaf.getNotAfter().toInstant() + ": " + name());
        require(
                !(key instanceof RSAKey rsa) || rsa.getModulus().bitLength() >= SHORTEST_RSA,
                "the TLS key is an RSA key of less than " + SHORTEST_RSA + " bits");
        require(
                belongTogether(key, leaf.getPublicKey()),
                "the TLS key is not the one of the first certificate, which is for " + name());
        for (var i = 1; i < chain.size(); i++) {
            require(
                    certifies(chain.get(i), chain.get(i - 1)),
                    "the TLS certificates are not in order: each is to be certified by the next, and "
                            + chain.get(i - 1).getSubjectX500Principal() + " is not by "
                            + chain.get(i).getSubjectX500Principal());
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
        var algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> throw new IllegalStateException("TLS keys are EC or RSA, and this one is " + key.getAlgorithm());
        };
        try {
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            var verifying = Signature.getInstance(algorithm);
            verifying.initVerify(publicKey);
            return verifying.verify(signing.sign());
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }

    private static boolean certifies(X509Certificate above, X509Certificate below) {
        try {
            below.verify(above.getPublicKey());
            return true;
        } catch (GeneralSecurityException byAnother) {
            return false;
        }
    }

    /// For Spring Boot's server, with what of TLS it may agree upon.
    SslBundle bundle() {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, PASSWORD.toCharArray(), chain.toArray(X509Certificate[]::new));
            return SslBundle.of(
                    SslStoreBundle.of(store, PASSWORD, null),
                    SslBundleKey.of(PASSWORD, ALIAS),
                    SslOptions.of(Tls.CIPHER_SUITES.toArray(String[]::new), Tls.VERSIONS.toArray(String[]::new)));
        } catch (IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException("the platform has no PKCS#12", impossible);
        }
    }

    /// For whom it is and how long, for the log.
    @Override
    public String toString() {
        return name() + ", valid until " + chain.getFirst().getNotAfter().toInstant();
    }

    private String name() {
        return chain.getFirst().getSubjectX500Principal().getName();
    }
}
