package dev.intaglio.keys.development;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;

/// A certification authority for development: one P-256 root that certifies leaves directly. To verifiers of mobile
/// documents it is an IACA (ISO/IEC 18013-5 Annex B.1.2) of the country `ZZ`, which is none.
///
/// ```java
/// var ca = DevelopmentCa.create("Intaglio development", Clock.systemUTC(), new SecureRandom());
/// SigningKey key = ca.issue("Example issuer", URI.create("https://issuer.example"), JWSAlgorithm.ES256);
/// TrustAnchors trusted = TrustAnchors.of(List.of(ca.anchor()));
/// ```
public final class DevelopmentCa {

    private static final String ALIAS = "ca";

    private final KeyPair keys;
    private final X509Certificate anchor;
    private final Certificates certificates;

    private DevelopmentCa(KeyPair keys, X509Certificate anchor, Certificates certificates) {
        this.keys = keys;
        this.anchor = anchor;
        this.certificates = certificates;
    }

    /// A new authority, valid for ten years from now. The name becomes its common name.
    public static DevelopmentCa create(String name, Clock clock, SecureRandom random) {
        var certificates = new Certificates(clock, random);
        var keys = certificates.newKeys(JWSAlgorithm.ES256);
        return new DevelopmentCa(keys, certificates.root(name, keys), certificates);
    }

    /// The authority saved in a file.
    ///
    /// @throws IOException if the file cannot be read, opened with the password, or holds something else
    public static DevelopmentCa load(Path p12, char[] password, Clock clock, SecureRandom random) throws IOException {
        var store = KeyStoreFile.read(p12, password);
        try {
            if (!(store.getKey(ALIAS, password) instanceof PrivateKey key)
                    || !(store.getCertificate(ALIAS) instanceof X509Certificate anchor))
                throw new IOException(p12 + " holds no development CA");
            return new DevelopmentCa(new KeyPair(anchor.getPublicKey(), key), anchor, new Certificates(clock, random));
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the development CA in " + p12 + " cannot be read", unusable);
        }
    }

    /// Keeps the authority, private key included, in a PKCS#12 file that only its owner may read. Replaces the file as
    /// a whole or not at all.
    public void save(Path p12, char[] password) throws IOException {
        try {
            var store = KeyStoreFile.empty();
            store.setKeyEntry(ALIAS, keys.getPrivate(), password, new X509Certificate[] {anchor});
            KeyStoreFile.write(store, p12, password);
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the development CA cannot be written to " + p12, unusable);
        }
    }

    /// The certificate wallets and verifiers are to trust. It never travels in a chain.
    public X509Certificate anchor() {
        return anchor;
    }

    /// A new key with a certificate for this Credential Issuer: valid for a year at most and not longer than the
    /// authority, the identifier and its host in `subjectAltName`.
    ///
    /// @throws IllegalArgumentException if the identifier has no host, or the algorithm is none we sign with
    public SigningKey issue(String commonName, URI issuerIdentifier, JWSAlgorithm algorithm) {
        return issue(commonName, new Purpose.IssuerOf(issuerIdentifier), algorithm);
    }

    /// A new key for signing mobile documents, with a certificate of the document signer profile of ISO/IEC 18013-5
    /// (Annex B.1.4), in the country `ZZ`, valid as those for issuers.
    ///
    /// @throws IllegalArgumentException if the identifier has no host, or the algorithm is none we sign with
    public SigningKey issueDocumentSigner(String commonName, URI issuerIdentifier, JWSAlgorithm algorithm) {
        return issue(commonName, new Purpose.DocumentSignerOf(issuerIdentifier), algorithm);
    }

    private SigningKey issue(String commonName, Purpose purpose, JWSAlgorithm algorithm) {
        var leaf = certificates.newKeys(algorithm);
        return SigningKey.of(
                leaf.getPrivate(), leaf.getPublic(), List.of(certify(commonName, purpose, leaf.getPublic())));
    }

    /// A certificate for a key that exists.
    X509Certificate certify(String commonName, Purpose purpose, PublicKey key) {
        return certificates.leaf(commonName, purpose, key, anchor, keys);
    }

    /// A key pair to be certified and kept by the caller.
    KeyPair newKeys(JWSAlgorithm algorithm) {
        return certificates.newKeys(algorithm);
    }

    @Override
    public String toString() {
        return "DevelopmentCa[" + anchor.getSubjectX500Principal() + "]";
    }
}
