package dev.intaglio.credential.mdoc;

import static dev.intaglio.credential.mdoc.Documents.CA;
import static dev.intaglio.credential.mdoc.Documents.HOLDER;
import static dev.intaglio.credential.mdoc.Documents.ISSUER;
import static dev.intaglio.credential.mdoc.Documents.MDL;
import static dev.intaglio.credential.mdoc.Documents.NOW;
import static dev.intaglio.credential.mdoc.Documents.PID;
import static dev.intaglio.credential.mdoc.Documents.claims;
import static dev.intaglio.credential.mdoc.Documents.issuance;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import dev.intaglio.credential.StatusReference;
import dev.intaglio.credential.Verification;
import dev.intaglio.keys.TrustAnchors;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.random.Random;
import kotlin.time.Instant;
import kotlinx.coroutines.BuildersKt;
import kotlinx.io.bytestring.ByteString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.multipaz.asn1.ASN1Integer;
import org.multipaz.cbor.Cbor;
import org.multipaz.cbor.CborMap;
import org.multipaz.cbor.DataItemExtensionsKt;
import org.multipaz.cbor.Tagged;
import org.multipaz.cose.Cose;
import org.multipaz.cose.CoseNumberLabelKt;
import org.multipaz.cose.CoseSign1;
import org.multipaz.crypto.Algorithm;
import org.multipaz.crypto.AsymmetricKey;
import org.multipaz.crypto.Crypto;
import org.multipaz.crypto.EcCurve;
import org.multipaz.crypto.EcPrivateKey;
import org.multipaz.crypto.X500Name;
import org.multipaz.crypto.X509Cert;
import org.multipaz.crypto.X509CertChain;
import org.multipaz.mdoc.issuersigned.IssuerNamespaces;
import org.multipaz.mdoc.issuersigned.IssuerNamespacesKt;
import org.multipaz.mdoc.mso.MobileSecurityObject;
import org.multipaz.mdoc.util.MdocUtil;
import org.multipaz.revocation.RevocationStatus;

/// The reader and issuer of the OpenWallet Foundation's Multipaz.
@DisplayName("Multipaz")
class MultipazTest {
    private static final Instant THEN = instant(NOW);

    @FunctionalInterface
    private interface Suspending<T> {
        Object call(Continuation<? super T> continuation) throws Exception;
    }

    /// Calls a suspending function and waits.
    @SuppressWarnings("unchecked")
    private static <T> T await(Suspending<T> function) throws Exception {
        return (T) BuildersKt.runBlocking(EmptyCoroutineContext.INSTANCE, (scope, continuation) -> {
            try {
                return function.call((Continuation<? super T>) continuation);
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    private static Instant instant(java.time.Instant time) {
        return Instant.Companion.fromEpochSeconds(time.getEpochSecond(), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512", "EdDSA"})
    @DisplayName("verifies the driving licence and the PID that we issue")
    void verifiesOurs(String algorithm) throws Exception {
        for (var definition : List.of(MDL, PID)) {
            var signer = CA.issueDocumentSigner("Signer", ISSUER, JWSAlgorithm.parse(algorithm));
            var reference = new StatusReference(URI.create("https://issuer.example/status/1"), 412);
            var credential = Documents.FORMAT.issue(
                    issuance(definition, claims("erika", definition), signer, Optional.of(reference)));

            var issuerSigned = Cbor.INSTANCE.decode(Base64.getUrlDecoder().decode(credential));
            var auth = CoseSign1.Companion.fromDataItem(issuerSigned.get("issuerAuth"));
            var leaf = auth.getUnprotectedHeaders()
                    .get(CoseNumberLabelKt.getToCoseLabel(Cose.COSE_LABEL_X5CHAIN))
                    .getAsX509CertChain()
                    .getCertificates()
                    .getFirst();
            var anchor = new X509Cert(
                    new ByteString(CA.anchor().getEncoded(), 0, CA.anchor().getEncoded().length));
            await(continuation ->
                    new X509CertChain(List.of(leaf, anchor)).validate(THEN, true, true, true, continuation));
            await(continuation -> Cose.INSTANCE.coseSign1Check(
                    leaf.getPublicKey(),
                    null,
                    auth,
                    org.multipaz.crypto.Algorithm.Companion.fromCoseAlgorithmIdentifier((int) auth.getProtectedHeaders()
                            .get(CoseNumberLabelKt.getToCoseLabel(Cose.COSE_LABEL_ALG))
                            .getAsNumber()),
                    continuation));

            var msoItem = Cbor.INSTANCE.decode(auth.getPayload()).getAsTaggedEncodedCbor();
            assertThat(MobileSecurityObject.Companion.validate(msoItem, THEN).getFindings())
                    .isEmpty();
            var mso = MobileSecurityObject.Companion.fromDataItem(msoItem);
            assertThat(mso.getDocType())
                    .isEqualTo(Documents.mdoc(definition).parameters().string("doctype"));
            assertThat(mso.getDeviceKey()
                            .toCoseKey(Map.of())
                            .toDataItem()
                            .get(-2)
                            .getAsBstr())
                    .isEqualTo(((ECKey) HOLDER.publicJwk()).getX().decode());
            assertThat(((RevocationStatus.StatusList) mso.getRevocationStatus()).getIdx())
                    .isEqualTo(412);

            assertThat(IssuerNamespaces.Companion.validate(issuerSigned.get("nameSpaces"))
                            .getFindings())
                    .isEmpty();
            var namespaces = IssuerNamespaces.Companion.fromDataItem(issuerSigned.get("nameSpaces"));
            org.multipaz.validation.ValidationResult digests =
                    await(continuation -> namespaces.validateAgainstMso(mso, continuation));
            assertThat(digests.getFindings()).isEmpty();
            assertThat(namespaces
                            .getData()
                            .values()
                            .iterator()
                            .next()
                            .get("family_name")
                            .getDataElementValue()
                            .getAsTstr())
                    .isEqualTo("Sandmann");
            assertThat(namespaces
                            .getData()
                            .values()
                            .iterator()
                            .next()
                            .get("birth_date")
                            .getDataElementValue()
                            .getAsDateString())
                    .hasToString("1986-03-22");
        }
    }

    @Test
    @DisplayName("issues documents that we verify, and not after a byte is changed")
    void weVerifyTheirs() throws Exception {
        var iacaKey = key();
        X509Cert iaca = await(continuation -> MdocUtil.INSTANCE.generateIacaCertificate(
                new AsymmetricKey.AnonymousExplicit(iacaKey, Algorithm.ES256),
                X500Name.Companion.fromName("CN=Foreign IACA,C=ZZ"),
                new ASN1Integer(1, 2),
                instant(NOW.minus(Duration.ofDays(10))),
                instant(NOW.plus(Duration.ofDays(1000))),
                "https://foreign.example",
                "https://foreign.example/crl",
                continuation));
        var signerKey = key();
        X509Cert signer = await(continuation -> MdocUtil.INSTANCE.generateDsCertificate(
                new AsymmetricKey.X509CertifiedExplicit(new X509CertChain(List.of(iaca)), iacaKey, Algorithm.ES256),
                signerKey.getPublicKey(),
                X500Name.Companion.fromName("CN=Foreign signer,C=ZZ"),
                new ASN1Integer(2, 2),
                instant(NOW.minus(Duration.ofDays(5))),
                instant(NOW.plus(Duration.ofDays(100))),
                continuation));
        var namespaces = IssuerNamespacesKt.buildIssuerNamespaces(16, Random.Default, builder -> {
            builder.addNamespace("org.iso.18013.5.1", elements -> {
                elements.addDataElement("family_name", DataItemExtensionsKt.toDataItem("Baggins"));
                elements.addDataElement("issuing_country", DataItemExtensionsKt.toDataItem("ZZ"));
                elements.addDataElement("portrait", DataItemExtensionsKt.toDataItem(new byte[300]));
                return Unit.INSTANCE;
            });
            return Unit.INSTANCE;
        });
        Map<String, ? extends Map<Long, ByteString>> digests =
                await(continuation -> namespaces.getValueDigests(Algorithm.SHA256, continuation));
        var holder = key();
        var mso = new MobileSecurityObject(
                "1.0",
                "org.iso.18013.5.1.mDL",
                instant(NOW.minus(Duration.ofDays(1))),
                instant(NOW.minus(Duration.ofDays(1))),
                instant(NOW.plus(Duration.ofDays(30))),
                null,
                Algorithm.SHA256,
                digests,
                holder.getPublicKey(),
                List.of(),
                Map.of(),
                Map.of(),
                null);
        var payload = Cbor.INSTANCE.encode(
                new Tagged(24, DataItemExtensionsKt.toDataItem(Cbor.INSTANCE.encode(mso.toDataItem()))));
        CoseSign1 auth = await(continuation -> Cose.INSTANCE.coseSign1Sign(
                signerKey,
                payload,
                true,
                Algorithm.ES256,
                Map.of(CoseNumberLabelKt.getToCoseLabel(Cose.COSE_LABEL_ALG), DataItemExtensionsKt.toDataItem(-7)),
                Map.of(
                        CoseNumberLabelKt.getToCoseLabel(Cose.COSE_LABEL_X5CHAIN),
                        new X509CertChain(List.of(signer)).toCoseX5Chain(false)),
                continuation));
        var bytes = Cbor.INSTANCE.encode(CborMap.Companion.builder()
                .put("nameSpaces", namespaces.toDataItem())
                .put("issuerAuth", auth.toDataItem())
                .end()
                .build());

        var anchors = TrustAnchors.of(List.of(certificate(iaca)));
        var found = new MdocVerifier().verify(text(bytes), anchors, NOW);

        assertThat(found).isInstanceOf(Verification.Verified.class);
        var verified = (Verification.Verified) found;
        assertThat(verified.type()).isEqualTo("org.iso.18013.5.1.mDL");
        assertThat(verified.claims().object("org.iso.18013.5.1").string("family_name"))
                .isEqualTo("Baggins");
        assertThat(((ECKey) verified.holderKey().orElseThrow()).getX().decode())
                .isEqualTo(holder.getPublicKey()
                        .toCoseKey(Map.of())
                        .toDataItem()
                        .get(-2)
                        .getAsBstr());
        for (var at = 0; at < bytes.length; at += 7) {
            var changed = bytes.clone();
            changed[at] ^= (byte) (1 << at % 8);
            assertThat(new MdocVerifier().verify(text(changed), anchors, NOW))
                    .as("byte %d", at)
                    .isInstanceOf(Verification.Rejected.class);
        }
    }

    private static EcPrivateKey key() throws Exception {
        return await(continuation -> Crypto.INSTANCE.createEcPrivateKey(EcCurve.P256, continuation));
    }

    private static X509Certificate certificate(X509Cert certificate) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate
                        .getEncoded()
                        .toByteArray(0, certificate.getEncoded().getSize())));
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
