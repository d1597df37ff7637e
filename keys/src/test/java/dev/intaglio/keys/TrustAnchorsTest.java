package dev.intaglio.keys;

import static dev.intaglio.keys.TestAuthority.END;
import static dev.intaglio.keys.TestAuthority.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.intaglio.keys.TrustAnchors.Trust;
import dev.intaglio.keys.TrustAnchors.Trusted;
import dev.intaglio.keys.TrustAnchors.Untrusted;
import dev.intaglio.requirements.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("trust in a certificate chain")
class TrustAnchorsTest {

    final TestAuthority root = TestAuthority.root("the root");
    final TestAuthority intermediate = root.intermediate("the intermediate");
    final TrustAnchors anchors =
            TrustAnchors.of(List.of(TestAuthority.root("another").certificate(), root.certificate()));

    @Test
    @Requirement({"HAIP-CI-7", "HAIP-AS-4", "HAIP-W-8"})
    @DisplayName("a leaf below an anchor, directly or through an intermediate, is trusted")
    void trusted() {
        assertThat(check(root.leaf("leaf"))).isEqualTo(new Trusted(root.certificate()));
        assertThat(check(intermediate.leaf("leaf"), intermediate.certificate()))
                .isEqualTo(new Trusted(root.certificate()));
    }

    @Test
    @DisplayName("the chain has to be whole: anchors are not intermediates by chance")
    void missingIntermediate() {
        assertUntrusted(
                check(intermediate.leaf("leaf")), "CN=leaf", "CN=the intermediate", "not among the trust anchors");
    }

    @Test
    @DisplayName("an intermediate may itself be the anchor")
    void intermediateAsAnchor() {
        var pinned = TrustAnchors.of(List.of(intermediate.certificate()));
        assertThat(pinned.check(List.of(intermediate.leaf("leaf")), NOW))
                .isEqualTo(new Trusted(intermediate.certificate()));
    }

    @Test
    @Requirement({"HAIP-CI-7", "HAIP-AS-4"})
    @DisplayName("a chain that carries its anchor is refused")
    void anchorInChain() {
        assertUntrusted(check(root.leaf("leaf"), root.certificate()), "contains its trust anchor", "CN=the root");
        var pinned = TrustAnchors.of(List.of(intermediate.certificate()));
        var chain = List.of(intermediate.leaf("leaf"), intermediate.certificate());
        assertUntrusted(pinned.check(chain, NOW), "contains its trust anchor", "CN=the intermediate");
    }

    @Test
    @DisplayName("an intermediate that is an anchor too may be shown on the way to the root")
    void bothTrusted() {
        var both = TrustAnchors.of(List.of(intermediate.certificate(), root.certificate()));
        assertThat(both.check(List.of(intermediate.leaf("leaf"), intermediate.certificate()), NOW))
                .isEqualTo(new Trusted(root.certificate()));
    }

    @Test
    @Requirement({"HAIP-CI-7", "HAIP-AS-4"})
    @DisplayName("a self-signed leaf is refused, even when it is an anchor")
    void selfSignedLeaf() {
        var selfSigned = TestAuthority.selfSigned("vain", NamedCurve.P256.generate());
        assertUntrusted(check(selfSigned), "self-signed", "CN=vain");
        assertUntrusted(TrustAnchors.of(List.of(selfSigned)).check(List.of(selfSigned), NOW), "self-signed");
    }

    @Test
    @DisplayName("an empty chain is refused")
    void empty() {
        assertUntrusted(anchors.check(List.of(), NOW), "empty");
    }

    @Test
    @DisplayName("nobody is trusted when there are no anchors")
    void none() {
        assertUntrusted(TrustAnchors.none().check(List.of(root.leaf("leaf")), NOW), "no trust anchors");
        assertUntrusted(TrustAnchors.of(List.of()).check(List.of(root.leaf("leaf")), NOW), "no trust anchors");
    }

    @Test
    @DisplayName("an expired or future certificate is refused, and the reason has the time")
    void validity() {
        var old = root.leaf("old", NOW.minus(Duration.ofDays(9)), Instant.parse("2026-05-31T00:00:00Z"));
        assertUntrusted(check(old), "CN=old", "expired since 2026-05-31T00:00:00Z");
        var future = root.leaf("future", Instant.parse("2026-06-02T00:00:00Z"), END);
        assertUntrusted(check(future), "CN=future", "not valid before 2026-06-02T00:00:00Z");
    }

    @Test
    @DisplayName("an anchor outside its validity is no ground for trust")
    void expiredAnchor() {
        var expired = TestAuthority.root("expired", NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofDays(1)));
        assertUntrusted(
                TrustAnchors.of(List.of(expired.certificate())).check(List.of(expired.leaf("leaf")), NOW),
                "CN=expired",
                "valid only");
    }

    @Test
    @DisplayName("an anchor's name without its key is worth nothing")
    void impostor() {
        var impostor = TestAuthority.root("the root");
        assertUntrusted(check(impostor.leaf("leaf")), "CN=leaf", "not by CN=the root");
    }

    @Test
    @DisplayName("a leaf cannot issue certificates")
    void leafAsAuthority() {
        var pretender = root.pretender("pretender");
        assertUntrusted(check(pretender.leaf("leaf"), pretender.certificate()), "CN=pretender");
    }

    @Test
    @DisplayName("a leaf whose key is not for signatures is refused")
    void keyUsage() {
        assertUntrusted(check(root.leafFor(KeyUsage.keyAgreement)), "keyUsage");
        assertThat(check(root.leafFor(KeyUsage.digitalSignature))).isInstanceOf(Trusted.class);
    }

    @Test
    @DisplayName("a critical extended key usage, as mdoc signers have, is no obstacle")
    void extendedKeyUsage() {
        var documentSigner =
                new ExtendedKeyUsage(KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.0.18013.5.1.2")));
        assertThat(check(root.leafWith(Extension.extendedKeyUsage, documentSigner)))
                .isInstanceOf(Trusted.class);
    }

    @Test
    @DisplayName("a critical extension nobody knows is refused")
    void unknownCriticalExtension() {
        var strange = root.leafWith(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), new DEROctetString(new byte[3]));
        assertUntrusted(check(strange), "CN=strange");
    }

    @Test
    @DisplayName("the reason is one line of bounded length, whatever the certificate says")
    void namesOfStrangers() {
        var nasty = TestAuthority.root("a\nb\u001b[31m" + "x".repeat(10_000)).leaf("leaf");
        var reason = ((Untrusted) check(nasty)).reason();
        assertThat(reason).hasSizeLessThan(600).doesNotContain("\n", "\u001b");
    }

    @Test
    @DisplayName("anchors are read from a PEM file")
    void pem(@TempDir Path directory) throws Exception {
        var file = directory.resolve("anchors.pem");
        var other = TestAuthority.root("other");
        Files.writeString(file, "# our anchors\n" + Pem.write(List.of(other.certificate(), root.certificate())));
        assertThat(TrustAnchors.pem(file).check(List.of(root.leaf("leaf")), NOW))
                .isEqualTo(new Trusted(root.certificate()));

        Files.writeString(file, "nothing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustAnchors.pem(file))
                .withMessageContaining("anchors.pem");
        Files.writeString(file, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustAnchors.pem(file))
                .withMessageContaining("anchors.pem");
    }

    private Trust check(X509Certificate... chain) {
        return anchors.check(List.of(chain), NOW);
    }

    private static void assertUntrusted(Trust trust, String... words) {
        assertThat(trust)
                .isInstanceOfSatisfying(
                        Untrusted.class,
                        untrusted -> assertThat(untrusted.reason()).contains(words));
    }
}
