package dev.intaglio.keys;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

/// What makes a row of certificates a chain we may show to others.
final class Chains {

    private Chains() {}

    /// Whether the certificate vouches for itself.
    static boolean isSelfSigned(X509Certificate certificate) {
        if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) return false;
        try {
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException otherKey) {
            return false;
        }
    }

    /// Refuses a chain that is not for this key, has a gap, or carries what HAIP §6.1.1 wants left out. An empty one
    /// is fine.
    static List<X509Certificate> requireFor(PublicKey key, List<X509Certificate> chain) {
        if (chain.isEmpty()) return List.of();
        var leaf = chain.getFirst();
        if (!Arrays.equals(leaf.getPublicKey().getEncoded(), key.getEncoded()))
            throw new IllegalArgumentException("the first certificate, of " + leaf.getSubjectX500Principal()
                    + ", is for another key; the chain begins with the leaf");
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal()))
                throw new IllegalArgumentException("the chain has a gap: certificate " + i + ", of "
                        + chain.get(i).getSubjectX500Principal() + ", did not issue the one before it");
        }
        for (var certificate : chain) {
            if (isSelfSigned(certificate))
                throw new IllegalArgumentException("the certificate of " + certificate.getSubjectX500Principal()
                        + " is self-signed; a chain has neither a self-signed leaf nor its trust anchor in it");
        }
        return List.copyOf(chain);
    }
}
