package dev.intaglio.keys.development;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/// A PKCS#12 store and its file.
final class KeyStoreFile {

    private KeyStoreFile() {}

    static KeyStore empty() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    static KeyStore read(Path file, char[] password) throws IOException {
        try (var bytes = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(bytes, password);
            return store;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IOException(file + " cannot be opened as PKCS#12: " + unreadable.getMessage(), unreadable);
        }
    }

    static void write(KeyStore store, Path file, char[] password) throws IOException, GeneralSecurityException {
        var bytes = new ByteArrayOutputStream();
        store.store(bytes, password);
        OwnerOnly.write(bytes.toByteArray(), file);
    }
}
