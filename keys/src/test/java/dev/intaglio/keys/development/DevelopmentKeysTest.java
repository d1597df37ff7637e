package dev.intaglio.keys.development;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.Signatures;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("keys for development")
class DevelopmentKeysTest {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final URI ISSUER = URI.create("https://issuer.example/tenant");
    static final int URI_NAME = 6;

    final SecureRandom random = new SecureRandom();

    @TempDir
    Path directory;

    static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    @Nested
    @DisplayName("the authority")
    class Authority {

        final DevelopmentCa ca = DevelopmentCa.create("Test CA", at(NOW), random);

        @Test
        @DisplayName("is a root that may certify, and nothing below it may")
        void root() {
            var anchor = ca.anchor();
            assertThat(anchor.getSubjectX500Principal()).isEqualTo(anchor.getIssuerX500Principal());
            assertThat(anchor.getBasicConstraints()).isZero();
            assertThat(anchor.getKeyUsage()[5]).as("keyCertSign").isTrue();
            assertThat(anchor.getKeyUsage()[0]).as("digitalSignature").isFalse();
            assertThat(anchor.getExtensionValue("2.5.29.14")).as("SKI").isNotNull();
            assertThat(anchor.getSerialNumber().bitLength()).isEqualTo(128);
        }

        @ParameterizedTest
        @ValueSource(strings = {"ES256", "ES384", "ES512", "EdDSA", "Ed25519"})
        @Requirement({"HAIP-CI-15", "HAIP-CI-13", "HAIP-9"})
        @DisplayName("certifies keys whose chain is a leaf below the anchor, which is left out")
        void issues(String algorithm) throws Exception {
            var key = ca.issue("Leaf", ISSUER, JWSAlgorithm.parse(algorithm));
            assertThat(key.chain()).hasSize(1);
            var leaf = key.chain().getFirst();
            assertThat(leaf.getIssuerX500Principal()).isNotEqualTo(leaf.getSubjectX500Principal());
            assertThat(leaf.getBasicConstraints()).isNegative();
            assertThat(leaf.getKeyUsage()[0]).as("digitalSignature").isTrue();
            assertThat(leaf.getExtensionValue("2.5.29.35")).as("AKI").isNotNull();
            assertThat(leaf.getNotAfter()).isBefore(ca.anchor().getNotAfter());
            assertThat(TrustAnchors.of(List.of(ca.anchor())).check(key.chain(), NOW))
                    .isEqualTo(new TrustAnchors.Trusted(ca.anchor()));
            var message = "message".getBytes(US_ASCII);
            assertThat(Signatures.verify(leaf.getPublicKey(), key.algorithm(), message, key.sign(message)))
                    .isTrue();
        }

        @Test
        @DisplayName("is an IACA of ISO/IEC 18013-5, and certifies document signers by its profile")
        void documentSigner() throws Exception {
            var anchor = ca.anchor();
            assertThat(anchor.getSubjectX500Principal().getName()).isEqualTo("CN=Test CA,C=ZZ");
            assertThat(anchor.getIssuerAlternativeNames()).hasSize(1);
            assertThat(anchor.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
            assertThat(anchor.getKeyUsage())
                    .as("keyCertSign and cRLSign alone")
                    .containsExactly(false, false, false, false, false, true, true, false, false);
            assertThat(anchor.getBasicConstraints()).as("pathLenConstraint").isZero();
            // subjectKeyIdentifier, issuerAltName, cRLDistributionPoints
            assertThat(anchor.getNonCriticalExtensionOIDs())
                    .containsExactlyInAnyOrder("2.5.29.14", "2.5.29.18", "2.5.29.31");
            assertThat(anchor.getSerialNumber().bitLength()).isBetween(63, 160);
            assertThat(Duration.between(
                            anchor.getNotBefore().toInstant(),
                            anchor.getNotAfter().toInstant()))
                    .as("20 years")
                    .isLessThanOrEqualTo(Duration.ofDays(7305));

            var key = ca.issueDocumentSigner("Signer", ISSUER, JWSAlgorithm.ES256);
            var leaf = key.chain().getFirst();
            assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=Signer,C=ZZ");
            assertThat(leaf.getIssuerX500Principal()).isEqualTo(anchor.getSubjectX500Principal());
            assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.0.18013.5.1.2");
            assertThat(leaf.getKeyUsage())
                    .as("digitalSignature alone")
                    .containsExactly(true, false, false, false, false, false, false, false, false);
            assertThat(leaf.getBasicConstraints()).isNegative();
            assertThat(leaf.getIssuerAlternativeNames())
                    .<List<Object>>map(name -> List.copyOf(name))
                    .containsExactly(List.of(URI_NAME, ISSUER.toString()));
            assertThat(leaf.getSerialNumber().bitLength()).isBetween(63, 160);
            assertThat(leaf.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.37");
            // authorityKeyIdentifier, subjectKeyIdentifier, issuerAltName, cRLDistributionPoints
            assertThat(leaf.getNonCriticalExtensionOIDs())
                    .containsExactlyInAnyOrder("2.5.29.35", "2.5.29.14", "2.5.29.18", "2.5.29.31");
            assertThat(Duration.between(
                            leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant()))
                    .isLessThanOrEqualTo(Duration.ofDays(457));
            assertThat(TrustAnchors.of(List.of(anchor)).check(key.chain(), NOW))
                    .isEqualTo(new TrustAnchors.Trusted(anchor));
        }

        @ParameterizedTest
        @CsvSource({
            "https://issuer.example/tenant, 2, issuer.example",
            "http://localhost:8080, 2, localhost",
            "http://127.0.0.1:8080, 7, 127.0.0.1",
            "'http://[::1]:8080', 7, '0:0:0:0:0:0:0:1'"
        })
        @DisplayName("names the identifier and its host in the certificate")
        void alternativeNames(URI identifier, int kind, String host) throws Exception {
            var leaf = ca.issue("Leaf", identifier, JWSAlgorithm.ES256).chain().getFirst();
            assertThat(leaf.getSubjectAlternativeNames())
                    .<List<Object>>map(name -> List.copyOf(name))
                    .containsExactlyInAnyOrder(List.of(URI_NAME, identifier.toString()), List.of(kind, host));
        }

        @Test
        @DisplayName("never certifies beyond its own validity")
        void withinItsValidity() throws Exception {
            var file = directory.resolve("ca.p12");
            ca.save(file, "password".toCharArray());
            var nearEnd = ca.anchor().getNotAfter().toInstant().minus(Duration.ofDays(10));
            var later = DevelopmentCa.load(file, "password".toCharArray(), at(nearEnd), random);
            assertThat(later.anchor()).isEqualTo(ca.anchor());
            var leaf = later.issue("Leaf", ISSUER, JWSAlgorithm.ES256).chain().getFirst();
            assertThat(leaf.getNotAfter()).isEqualTo(ca.anchor().getNotAfter());
        }

        @Test
        @DisplayName("is found again in its file, and only with its password")
        void persistence() throws Exception {
            var file = directory.resolve("ca.p12");
            ca.save(file, "password".toCharArray());
            assertOwnerOnly(file);
            var key = DevelopmentCa.load(file, "password".toCharArray(), at(NOW), random)
                    .issue("Leaf", ISSUER, JWSAlgorithm.ES256);
            assertThat(TrustAnchors.of(List.of(ca.anchor())).check(key.chain(), NOW))
                    .isInstanceOf(TrustAnchors.Trusted.class);
            assertThatIOException()
                    .isThrownBy(() -> DevelopmentCa.load(file, "other".toCharArray(), at(NOW), random))
                    .withMessageContaining("ca.p12");
        }

        @Test
        @DisplayName("refuses an identifier without a host, and an algorithm we do not sign with")
        void refuses() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ca.issue("Leaf", URI.create("urn:example"), JWSAlgorithm.ES256));
            assertThatIllegalArgumentException().isThrownBy(() -> ca.issue("Leaf", ISSUER, JWSAlgorithm.RS256));
            assertThatIllegalArgumentException().isThrownBy(() -> ca.issue("Leaf", ISSUER, JWSAlgorithm.ES256K));
        }
    }

    @Nested
    @DisplayName("a directory of keys")
    class Persistence {

        DevelopmentKeys open(URI issuer, Instant time) throws Exception {
            return DevelopmentKeys.loadOrCreate(directory, issuer, at(time), random);
        }

        @Test
        @Requirement({"HAIP-CI-15", "HAIP-CI-13", "HAIP-9"})
        @DisplayName("has a key of its own for each use, certified except for access tokens")
        void created() throws Exception {
            var keys = open(ISSUER, NOW);
            var trusted = TrustAnchors.of(List.of(keys.anchor()));
            var kids = new HashSet<String>();
            for (var use : KeyUse.values()) {
                var key = keys.keyRing().current(use);
                assertThat(key.algorithm()).isEqualTo(JWSAlgorithm.ES256);
                assertThat(kids.add(key.publicJwk().getKeyID())).isTrue();
                if (use == KeyUse.ACCESS_TOKEN) assertThat(key.chain()).isEmpty();
                else assertThat(trusted.check(key.chain(), NOW)).isEqualTo(new TrustAnchors.Trusted(keys.anchor()));
            }
        }

        @Test
        @DisplayName("holds three files that only their owner may read, and the anchor is one of them")
        void files() throws Exception {
            var keys = open(ISSUER, NOW);
            for (var name : List.of("development-ca.p12", "development-keys.p12", "trust-anchor.pem"))
                assertOwnerOnly(directory.resolve(name));
            try (var files = Files.list(directory)) {
                assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".")))
                        .hasSize(3);
            }
            var anchors = TrustAnchors.pem(directory.resolve("trust-anchor.pem"));
            assertThat(anchors.check(keys.keyRing().current(KeyUse.CREDENTIAL).chain(), NOW))
                    .isEqualTo(new TrustAnchors.Trusted(keys.anchor()));
        }

        @Test
        @DisplayName("gives the same keys and certificates on the next start")
        void found() throws Exception {
            var first = open(ISSUER, NOW);
            var written = Files.getLastModifiedTime(directory.resolve("development-keys.p12"));
            var second = open(ISSUER, NOW.plus(Duration.ofDays(100)));
            assertThat(second.anchor()).isEqualTo(first.anchor());
            for (var use : KeyUse.values()) {
                assertThat(key(second, use).publicJwk())
                        .isEqualTo(key(first, use).publicJwk());
                assertThat(key(second, use).chain()).isEqualTo(key(first, use).chain());
            }
            assertThat(Files.getLastModifiedTime(directory.resolve("development-keys.p12")))
                    .isEqualTo(written);
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://other.example/tenant", "https://issuer.example/other"})
        @DisplayName("certifies the same keys anew for another identifier")
        void otherIdentifier(URI other) throws Exception {
            var first = open(ISSUER, NOW);
            var second = open(other, NOW);
            assertThat(second.anchor()).isEqualTo(first.anchor());
            assertThat(key(second, KeyUse.CREDENTIAL).publicJwk())
                    .isEqualTo(key(first, KeyUse.CREDENTIAL).publicJwk());
            assertThat(names(key(second, KeyUse.CREDENTIAL).chain().getFirst())).contains(other.toString());
            assertThat(key(open(other, NOW), KeyUse.CREDENTIAL).chain())
                    .isEqualTo(key(second, KeyUse.CREDENTIAL).chain());
        }

        @Test
        @DisplayName("renews a certificate near its end, and the authority too")
        void renewal() throws Exception {
            var first = open(ISSUER, NOW);
            var nextYear = NOW.plus(Duration.ofDays(360));
            var second = open(ISSUER, nextYear);
            assertThat(second.anchor()).isEqualTo(first.anchor());
            assertThat(key(second, KeyUse.METADATA).chain())
                    .isNotEqualTo(key(first, KeyUse.METADATA).chain());

            var nextDecade = NOW.plus(Duration.ofDays(3649));
            var third = open(ISSUER, nextDecade);
            assertThat(third.anchor()).isNotEqualTo(first.anchor());
            assertThat(TrustAnchors.pem(directory.resolve("trust-anchor.pem"))
                            .check(key(third, KeyUse.METADATA).chain(), nextDecade))
                    .isEqualTo(new TrustAnchors.Trusted(third.anchor()));
            assertThat(key(third, KeyUse.METADATA).publicJwk())
                    .isEqualTo(key(first, KeyUse.METADATA).publicJwk());
        }

        @Test
        @DisplayName("of any number of simultaneous starts, all find the same keys")
        void race() throws Exception {
            try (var threads = Executors.newFixedThreadPool(8)) {
                var starts = IntStream.range(0, 8)
                        .<Callable<DevelopmentKeys>>mapToObj(i -> () -> open(ISSUER, NOW))
                        .toList();
                var kids = new HashSet<String>();
                for (var start : threads.invokeAll(starts))
                    kids.add(key(start.get(), KeyUse.CREDENTIAL).publicJwk().getKeyID());
                assertThat(kids).hasSize(1);
            }
        }

        @Test
        @DisplayName("a damaged file is named, not replaced")
        void damaged() throws Exception {
            open(ISSUER, NOW);
            var file = directory.resolve("development-keys.p12");
            var damaged = Arrays.copyOf(Files.readAllBytes(file), 100);
            Files.write(file, damaged);
            assertThatIOException().isThrownBy(() -> open(ISSUER, NOW)).withMessageContaining("development-keys.p12");
            assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
        }

        static SigningKey key(DevelopmentKeys keys, KeyUse use) {
            return keys.keyRing().current(use);
        }

        static Set<Object> names(X509Certificate leaf) throws Exception {
            return leaf.getSubjectAlternativeNames().stream()
                    .map(name -> name.get(1))
                    .collect(Collectors.toSet());
        }
    }

    static void assertOwnerOnly(Path file) throws Exception {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) return;
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
