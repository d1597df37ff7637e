package dev.intaglio.keys.development;

import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;

/// The keys of a development issuer, made on its first start and found again on the next, so that credentials issued
/// yesterday verify today. A key of its own, on P-256, for each [dev.intaglio.keys.KeyUse].
///
/// @param keyRing the keys; those whose signatures are checked by `x5c` have a chain, the access token key has none
/// @param anchor the certificate to trust
public record DevelopmentKeys(KeyRing keyRing, X509Certificate anchor) {

    /// The keys in a directory, made if they are not there. A certificate that is not for this issuer identifier, or
    /// near its end, is replaced; its key stays.
    ///
    /// Leaves `development-ca.p12`, `development-keys.p12` and `trust-anchor.pem` behind, readable by their owner only.
    /// Two processes starting at once come to the same keys.
    ///
    /// @throws IllegalArgumentException if the identifier has no host
    public static DevelopmentKeys loadOrCreate(Path directory, URI issuerIdentifier, Clock clock, SecureRandom random)
            throws IOException {
        try (var lock = DirectoryLock.on(directory)) {
            return new KeyDirectory(directory, clock, random).open(issuerIdentifier);
        }
    }

    /// Makes one more key for a use in a directory, in the file `development-keys-more.p12`. It comes after those that are there.
    ///
    /// @throws IllegalArgumentException if the identifier has no host
    public static SigningKey add(Path directory, KeyUse use, URI issuerIdentifier, Clock clock, SecureRandom random)
            throws IOException {
        try (var lock = DirectoryLock.on(directory)) {
            return new KeyDirectory(directory, clock, random).addTo(use, issuerIdentifier);
        }
    }
}
