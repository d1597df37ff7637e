package dev.intaglio.credential.mdoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborReader;
import dev.intaglio.credential.cose.CoseAlgorithm;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.json.Json;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The document of ISO/IEC 18013-5, Annex D.4.1.2. The standard does not show the certificate of its authority, so
/// the signer is trusted as it is.
@DisplayName("The document of ISO/IEC 18013-5 Annex D")
class AnnexDTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final Instant THEN = Instant.parse("2020-10-10T00:00:00Z");
    private static final TrustAnchors SIGNER = (chain, at) -> new TrustAnchors.Trusted(chain.getFirst());

    private static byte[] bytes() throws IOException {
        try (var resource = Objects.requireNonNull(AnnexDTest.class.getResourceAsStream("annex-d.json"))) {
            return HEX.parseHex(Json.readObject(resource.readAllBytes()).string("issuerSigned_hex"));
        }
    }

    private static String text() throws IOException {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    @DisplayName("is the one meant")
    void vector() throws Exception {
        assertThat(bytes()).hasSize(3394);
        assertThat(sha256(bytes())).isEqualTo("40bcec6e4f02460510044fe49804e6987757b12a9aefa8e294b9ad8cdd8bfd56");
    }

    @Test
    @DisplayName("is read: header, certificate, validity, digests, device key")
    void read() throws Exception {
        var document = IssuerSigned.read(bytes());
        var mso = MobileSecurityObject.read(
                CborReader.read(CborReader.read(document.issuerAuth().payload())
                        .tagged(Cbor.ENCODED)
                        .bytes()));

        assertThat(HEX.formatHex(document.issuerAuth().protectedHeader())).isEqualTo("a10126");
        assertThat(document.issuerAuth().algorithm()).isEqualTo(CoseAlgorithm.ES256);
        assertThat(DocumentSigner.read(document.issuerAuth().x5chain())
                        .certificate()
                        .getSubjectX500Principal()
                        .getName())
                .contains("utopia ds");
        assertThat(mso.docType()).isEqualTo("org.iso.18013.5.1.mDL");
        assertThat(mso.signed()).isEqualTo("2020-10-01T13:30:02Z").isEqualTo(mso.validFrom());
        assertThat(mso.validUntil()).isEqualTo("2021-10-01T13:30:02Z");
        assertThat(mso.digests().get("org.iso.18013.5.1")).hasSize(13);
        assertThat(mso.digests().get("org.iso.18013.5.1.US")).hasSize(4);
        assertThat(mso.digests().get("org.iso.18013.5.1"))
                .hasEntrySatisfying(
                        0L,
                        digest -> assertThat(HEX.formatHex(digest))
                                .isEqualTo("75167333b47b6c2bfb86eccc1f438cf57af055371ac55e1e359e20f254adcebf"));
        var item = document.namespaces().get("org.iso.18013.5.1").getFirst();
        assertThat(item.identifier()).isEqualTo("family_name");
        assertThat(item.encoded()).hasSize(103);
        assertThat(sha256(item.encoded()))
                .isEqualTo("75167333b47b6c2bfb86eccc1f438cf57af055371ac55e1e359e20f254adcebf");
    }

    @Test
    @DisplayName("verifies at its time, and shows its data elements")
    void verifies() throws Exception {
        var verified = (Verification.Verified) new MdocVerifier().verify(text(), SIGNER, THEN);

        assertThat(verified.type()).isEqualTo("org.iso.18013.5.1.mDL");
        var elements = verified.claims().object("org.iso.18013.5.1");
        assertThat(elements.string("family_name")).isEqualTo("Doe");
        assertThat(elements.string("issue_date")).isEqualTo("2019-10-20");
        assertThat(elements.string("document_number")).isEqualTo("123456789");
        assertThat(Base64.getUrlDecoder().decode(elements.string("portrait"))).hasSize(1042);
        assertThat(elements.objects("driving_privileges").getFirst().string("vehicle_category_code"))
                .isEqualTo("A");
        assertThat(HEX.formatHex(
                        ((ECKey) verified.holderKey().orElseThrow()).getX().decode()))
                .isEqualTo("96313d6c63e24e3372742bfdb1a33ba2c897dcd68ab8c753e4fbd48dca6b7f9a");
        assertThat(HEX.formatHex(
                        ((ECKey) verified.holderKey().orElseThrow()).getY().decode()))
                .isEqualTo("1fb3269edd418857de1b39a4e4a44b92fa484caa722c228288f01d0c03a2c3d6");
    }

    @Test
    @DisplayName("is refused before its time, after it, and by those who do not know its authority")
    void refused() throws Exception {
        assertThat(new MdocVerifier().verify(text(), TrustAnchors.none(), THEN))
                .extracting(found -> ((Verification.Rejected) found).reason())
                .isEqualTo(Reason.UNTRUSTED_ISSUER);
        assertThat(new MdocVerifier().verify(text(), SIGNER, Instant.parse("2020-10-01T13:00:00Z")))
                .extracting(found -> ((Verification.Rejected) found).reason())
                .isEqualTo(Reason.NOT_YET_VALID);
        assertThat(new MdocVerifier().verify(text(), SIGNER, Instant.parse("2021-10-02T00:00:00Z")))
                .extracting(found -> ((Verification.Rejected) found).reason())
                .isEqualTo(Reason.EXPIRED);
    }
}
