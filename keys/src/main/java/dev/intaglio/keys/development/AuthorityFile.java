package dev.intaglio.keys.development;

import dev.intaglio.keys.Pem;
import dev.intaglio.keys.TrustAnchors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A development CA that is made once and found again.
final class AuthorityFile {

    /// PKCS#12 insists on a password. One that is in the source protects nothing, and does not claim to: permissions do.
    static final char[] PASSWORD = "development".toCharArray();

    private static final Logger LOG = LoggerFactory.getLogger(AuthorityFile.class);
    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

    private final Path file;
    private final String name;
    private final Clock clock;
    private final SecureRandom random;

    AuthorityFile(Path file, String name, Clock clock, SecureRandom random) {
        this.file = file;
        this.name = name;
        this.clock = clock;
        this.random = random;
    }

    DevelopmentCa loadOrCreate() throws IOException {
        if (Files.exists(file)) {
            var ca = DevelopmentCa.load(file, PASSWORD, clock, random);
            if (isFresh(ca.anchor())) return ca;
            LOG.warn("the development CA in {} is outside its validity or near its end, and is replaced", file);
        }
        var ca = DevelopmentCa.create(name, clock, random);
        ca.save(file, PASSWORD);
        return ca;
    }

    /// Leaves the certificate to trust beside the authority.
    Path publish(DevelopmentCa ca, String fileName) throws IOException {
        var published = file.resolveSibling(fileName);
        var pem = Pem.write(List.of(ca.anchor())).getBytes(StandardCharsets.US_ASCII);
        if (!Files.exists(published) || !Arrays.equals(Files.readAllBytes(published), pem))
            OwnerOnly.write(pem, published);
        return published;
    }

    /// Whether the certificate is by this authority, for this purpose, and will be for a while.
    boolean isGood(X509Certificate leaf, DevelopmentCa ca, Purpose purpose) {
        return isFresh(leaf)
                && Certificates.isFor(purpose, leaf)
                && TrustAnchors.of(List.of(ca.anchor())).check(List.of(leaf), clock.instant())
                        instanceof TrustAnchors.Trusted;
    }

    private boolean isFresh(X509Certificate certificate) {
        var now = clock.instant();
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && now.plus(RENEWED_BEFORE_END)
                        .isBefore(certificate.getNotAfter().toInstant());
    }
}
