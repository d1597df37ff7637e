package dev.intaglio.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.boot.ssl.pem.PemContent;

/// Where a TLS key and its certificates are read from.
sealed interface TlsFiles {
    /// @throws IllegalStateException in a sentence for the operator, if what is there cannot be used
    TlsKey load(Instant now);

    /// What is read.
    List<Path> files();

    /// Another text whenever the content of a file is another.
    default String fingerprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var file : files()) {
                // A missing file is one state of it, too.
                digest.update(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]);
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException unreadable) {
            return unreadable.toString();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every platform has SHA-256", impossible);
        }
    }

    /// One or two PEM files.
    record Pem(Path certificate, Path privateKey, Optional<String> password) implements TlsFiles {
        @Override
        public TlsKey load(Instant now) {
            var chain = parsed("intaglio.tls.certificate", certificate, PemContent::getCertificates);
            var key = parsed("intaglio.tls.private-key", privateKey, this::privateKey);
            return new TlsKey(key, chain, now);
        }

        private PrivateKey privateKey(PemContent content) {
            return Optional.ofNullable(content.getPrivateKey(password.orElse(null)))
                    .orElseThrow(() -> new IllegalStateException("it holds no private key"));
        }

        private <T> T parsed(String setting, Path file, Function<PemContent, T> parse) {
            var text = new String(read(setting, file), StandardCharsets.UTF_8);
            try {
                return parse.apply(PemContent.of(text));
            } catch (IllegalArgumentException | IllegalStateException unusable) {
                throw new IllegalStateException(
                        setting + ": " + file + " cannot be used: " + unusable.getMessage()
                                + (password.isPresent() ? "; is intaglio.tls.password right?" : ""),
                        unusable);
            }
        }

        @Override
        public List<Path> files() {
            return List.of(certificate, privateKey);
        }

        /// Without the password.
        @Override
        public String toString() {
            return certificate.equals(privateKey) ? certificate.toString() : certificate + " and " + privateKey;
        }
    }

    /// A PKCS#12 file.
    record Pkcs12(Path file, String password, Optional<String> alias) implements TlsFiles {
        @Override
        public TlsKey load(Instant now) {
            var bytes = read("intaglio.tls.pkcs12", file);
            try {
                var store = KeyStore.getInstance("PKCS12");
                store.load(new ByteArrayInputStream(bytes), password.toCharArray());
                var name = chosen(store);
                if (!(store.getKey(name, password.toCharArray()) instanceof PrivateKey key)) {
                    throw new IllegalStateException(name + " in " + file + " is not a private key");
                }
                var chain = Arrays.stream(store.getCertificateChain(name))
                        .map(X509Certificate.class::cast)
                        .toList();
                return new TlsKey(key, chain, now);
            } catch (IOException | GeneralSecurityException unusable) {
                throw new IllegalStateException(
                        "intaglio.tls.pkcs12: " + file + " cannot be opened with intaglio.tls.password: "
                                + unusable.getMessage(),
                        unusable);
            }
        }

        private String chosen(KeyStore store) throws GeneralSecurityException {
            var keys = new ArrayList<String>();
            for (var name : Collections.list(store.aliases())) {
                if (store.isKeyEntry(name)) {
                    keys.add(name);
                }
            }
            // PKCS#12 does not tell upper case from lower.
            var wanted = keys.stream()
                    .filter(name -> alias.isEmpty() || alias.get().equalsIgnoreCase(name))
                    .toList();
            if (wanted.size() != 1) {
                throw new IllegalStateException(
                        "intaglio.tls.alias does not name one of the keys in " + file + ", which are " + keys);
            }
            return wanted.getFirst();
        }

        @Override
        public List<Path> files() {
            return List.of(file);
        }

        /// Without the password.
        @Override
        public String toString() {
            return file.toString();
        }
    }

    private static byte[] read(String setting, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new IllegalStateException(setting + ": there is no file " + file, missing);
        } catch (IOException unreadable) {
            throw new IllegalStateException(setting + ": " + file + " cannot be read (" + unreadable + ")", unreadable);
        }
    }
}
