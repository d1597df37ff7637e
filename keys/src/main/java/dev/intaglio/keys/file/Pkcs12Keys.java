package dev.intaglio.keys.file;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.X5c;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Signing keys in a PKCS#12 file (RFC 7292), with their chains.
///
/// Self-signed certificates at the end of a chain are left out of [SigningKey#chain()]: key stores like to hold the
/// trust anchor, and wrap a bare key in a certificate of its own. One password opens the store and its keys.
public final class Pkcs12Keys {

    private Pkcs12Keys() {}

    /// Every private key of the file by its alias, in the order of the aliases.
    ///
    /// @throws IOException if the file cannot be read or opened with the password
    /// @throws IllegalArgumentException if there is no private key in it, or one we do not sign with
    public static SequencedMap<String, SigningKey> load(Path file, char[] password) throws IOException {
        try {
            var store = open(file, password);
            var keys = new TreeMap<String, SigningKey>();
            for (var alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) keys.put(alias, key(store, alias, password, file));
            }
            if (keys.isEmpty()) throw new IllegalArgumentException(file + " holds no private key");
            return Collections.unmodifiableSequencedMap(keys);
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the keys in " + file + " cannot be read", unusable);
        }
    }

    /// The private key with this alias.
    ///
    /// @throws IOException if the file cannot be read or opened with the password
    /// @throws IllegalArgumentException if there is no private key of that name, or it is one we do not sign with
    public static SigningKey load(Path file, char[] password, String alias) throws IOException {
        try {
            var store = open(file, password);
            if (!store.isKeyEntry(alias))
                throw new IllegalArgumentException(
                        file + " has no private key named " + alias + "; it has " + Collections.list(store.aliases()));
            return key(store, alias, password, file);
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the key " + alias + " in " + file + " cannot be read", unusable);
        }
    }

    private static KeyStore open(Path file, char[] password) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var bytes = Files.newInputStream(file)) {
            store.load(bytes, password);
            return store;
        } catch (IOException unreadable) {
            throw new IOException(file + " cannot be opened as PKCS#12: " + unreadable.getMessage(), unreadable);
        }
    }

    private static SigningKey key(KeyStore store, String alias, char[] password, Path file)
            throws GeneralSecurityException {
        if (!(store.getKey(alias, password) instanceof PrivateKey privateKey))
            throw new IllegalArgumentException(alias + " in " + file + " is not a private key");
        var chain = chain(store.getCertificateChain(alias));
        try {
            return SigningKey.of(privateKey, chain.getFirst().getPublicKey(), X5c.withoutAnchor(chain));
        } catch (IllegalArgumentException unfit) {
            throw new IllegalArgumentException("the key " + alias + " in " + file + ": " + unfit.getMessage(), unfit);
        }
    }

    private static List<X509Certificate> chain(Certificate[] chain) {
        return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
    }
}
