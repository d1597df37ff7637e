package dev.intaglio.keys.development;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The directory in which [DevelopmentKeys] live, while nobody else works in it.
final class KeyDirectory {

    private static final String CA_FILE = "development-ca.p12";
    private static final String KEYS_FILE = "development-keys.p12";
    private static final String FURTHER_FILE = "development-keys-more.p12";
    private static final String ANCHOR_FILE = "trust-anchor.pem";
    private static final String CA_NAME = "Intaglio development CA";
    private static final String LEAF_NAME = "Intaglio development issuer";
    private static final String SIGNER_NAME = "Intaglio development document signer";
    private static final char[] PASSWORD = AuthorityFile.PASSWORD;

    private final Path directory;
    private final AuthorityFile authority;

    KeyDirectory(Path directory, Clock clock, SecureRandom random) {
        this.directory = directory;
        authority = new AuthorityFile(directory.resolve(CA_FILE), CA_NAME, clock, random);
    }

    /// A key pair and the certificate it is stored under.
    private record Certified(KeyPair keys, X509Certificate leaf) {
        @Override
        public String toString() {
            return "Certified[" + leaf.getSubjectX500Principal() + "]";
        }
    }

    DevelopmentKeys open(URI issuerIdentifier) throws IOException {
        var ca = authority.loadOrCreate();
        var stored = stored();
        var keys = new EnumMap<KeyUse, Certified>(KeyUse.class);
        for (var use : KeyUse.values())
            keys.put(use, fit(use, Optional.ofNullable(stored.get(use)), ca, issuerIdentifier));
        if (!keys.equals(stored)) store(keys);
        authority.publish(ca, ANCHOR_FILE);
        return new DevelopmentKeys(keyRing(keys, further()), ca.anchor());
    }

    /// Makes one more key for a use, which does not come before the others.
    SigningKey addTo(KeyUse use, URI issuerIdentifier) throws IOException {
        var ca = authority.loadOrCreate();
        var signer = use == KeyUse.DOCUMENT_SIGNER;
        var purpose = signer ? new Purpose.DocumentSignerOf(issuerIdentifier) : new Purpose.IssuerOf(issuerIdentifier);
        var pair = ca.newKeys(JWSAlgorithm.ES256);
        var leaf = ca.certify(signer ? SIGNER_NAME : LEAF_NAME, purpose, pair.getPublic());
        var file = directory.resolve(FURTHER_FILE);
        try {
            var store = Files.exists(file) ? KeyStoreFile.read(file, PASSWORD) : KeyStoreFile.empty();
            var alias = String.format(Locale.ROOT, "%s.%04d", alias(use), store.size() + 1);
            store.setKeyEntry(alias, pair.getPrivate(), PASSWORD, new X509Certificate[] {leaf});
            KeyStoreFile.write(store, file, PASSWORD);
            return signingKey(use, new Certified(pair, leaf));
        } catch (GeneralSecurityException unusable) {
            throw new IOException("no key can be added to " + file, unusable);
        }
    }

    /// Those that were added, in that order.
    private Map<KeyUse, List<Certified>> further() throws IOException {
        var file = directory.resolve(FURTHER_FILE);
        var keys = new EnumMap<KeyUse, List<Certified>>(KeyUse.class);
        if (!Files.exists(file)) return keys;
        var store = KeyStoreFile.read(file, PASSWORD);
        try {
            for (var alias : Collections.list(store.aliases()).stream().sorted().toList()) {
                for (var use : KeyUse.values()) {
                    if (alias.startsWith(alias(use) + ".")
                            && store.getKey(alias, PASSWORD) instanceof PrivateKey key
                            && store.getCertificate(alias) instanceof X509Certificate leaf)
                        keys.computeIfAbsent(use, none -> new ArrayList<>())
                                .add(new Certified(new KeyPair(leaf.getPublicKey(), key), leaf));
                }
            }
            return keys;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the keys in " + file + " are unusable", unusable);
        }
    }

    /// The stored key under a certificate that is good for this identifier now. The key outlives its certificates, so
    /// that what it signed can still be found by `kid`.
    private Certified fit(KeyUse use, Optional<Certified> stored, DevelopmentCa ca, URI issuerIdentifier) {
        var signer = use == KeyUse.DOCUMENT_SIGNER;
        var purpose = signer ? new Purpose.DocumentSignerOf(issuerIdentifier) : new Purpose.IssuerOf(issuerIdentifier);
        if (stored.filter(key -> authority.isGood(key.leaf(), ca, purpose)).isPresent()) return stored.get();
        var keys = stored.map(Certified::keys).orElseGet(() -> ca.newKeys(JWSAlgorithm.ES256));
        return new Certified(keys, ca.certify(signer ? SIGNER_NAME : LEAF_NAME, purpose, keys.getPublic()));
    }

    private Map<KeyUse, Certified> stored() throws IOException {
        var file = directory.resolve(KEYS_FILE);
        var keys = new EnumMap<KeyUse, Certified>(KeyUse.class);
        if (!Files.exists(file)) return keys;
        var store = KeyStoreFile.read(file, PASSWORD);
        try {
            for (var use : KeyUse.values()) {
                if (store.getKey(alias(use), PASSWORD) instanceof PrivateKey key
                        && store.getCertificate(alias(use)) instanceof X509Certificate leaf)
                    keys.put(use, new Certified(new KeyPair(leaf.getPublicKey(), key), leaf));
            }
            return keys;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the keys in " + file + " are unusable; delete it to get new ones", unusable);
        }
    }

    private void store(Map<KeyUse, Certified> keys) throws IOException {
        try {
            var store = KeyStoreFile.empty();
            for (var entry : keys.entrySet()) {
                var key = entry.getValue();
                store.setKeyEntry(
                        alias(entry.getKey()), key.keys().getPrivate(), PASSWORD, new X509Certificate[] {key.leaf()});
            }
            KeyStoreFile.write(store, directory.resolve(KEYS_FILE), PASSWORD);
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the development keys cannot be written to " + directory, unusable);
        }
    }

    private static KeyRing keyRing(Map<KeyUse, Certified> first, Map<KeyUse, List<Certified>> further) {
        return KeyRing.of(first.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> Stream.concat(
                                        Stream.of(entry.getValue()),
                                        further.getOrDefault(entry.getKey(), List.of()).stream())
                                .map(key -> signingKey(entry.getKey(), key))
                                .toList())));
    }

    /// Access tokens are checked against our JWK Set; the certificate is there because PKCS#12 wants one.
    private static SigningKey signingKey(KeyUse use, Certified key) {
        List<X509Certificate> chain = use == KeyUse.ACCESS_TOKEN ? List.of() : List.of(key.leaf());
        return SigningKey.of(key.keys().getPrivate(), key.keys().getPublic(), chain);
    }

    private static String alias(KeyUse use) {
        return use.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
