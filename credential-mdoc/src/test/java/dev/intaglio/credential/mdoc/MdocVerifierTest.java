package dev.intaglio.credential.mdoc;

import static dev.intaglio.credential.mdoc.Documents.ANCHORS;
import static dev.intaglio.credential.mdoc.Documents.CA;
import static dev.intaglio.credential.mdoc.Documents.HOLDER;
import static dev.intaglio.credential.mdoc.Documents.ISSUER;
import static dev.intaglio.credential.mdoc.Documents.MDL;
import static dev.intaglio.credential.mdoc.Documents.NOW;
import static dev.intaglio.credential.mdoc.Documents.PID;
import static dev.intaglio.credential.mdoc.Documents.SIGNER;
import static dev.intaglio.credential.mdoc.Documents.claims;
import static dev.intaglio.credential.mdoc.Documents.issuance;
import static dev.intaglio.credential.mdoc.Documents.licence;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.credential.Verification.Rejected;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborReader;
import dev.intaglio.credential.cose.CoseKey;
import dev.intaglio.credential.cose.CoseSign1;
import dev.intaglio.credential.mdoc.IssuerSigned.Item;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// ISO/IEC 18013-5 §9.3.1.
class MdocVerifierTest {
    private static final String NAMESPACE = "org.example.1";
    private static final Instant TODAY = Instant.parse("2026-11-17T00:00:00Z");

    private static Verification verify(String credential) {
        return new MdocVerifier().verify(credential, ANCHORS, NOW);
    }

    private static Reason reason(String credential) {
        return reason(verify(credential));
    }

    private static Reason reason(Verification found) {
        return ((Rejected) found).reason();
    }

    private static Item item(long id, int random, String identifier) {
        return Item.of(id, new byte[random], identifier, Cbor.of("value"));
    }

    /// A document of one namespace, with a Mobile Security Object as the test wants it.
    private static String document(SigningKey signer, List<Item> items, UnaryOperator<MobileSecurityObject> change)
            throws Exception {
        var digests = new LinkedHashMap<Long, byte[]>();
        for (var item : items) {
            digests.put(item.digestId(), MessageDigest.getInstance("SHA-256").digest(item.encoded()));
        }
        var mso = change.apply(new MobileSecurityObject(
                "SHA-256",
                Map.of(NAMESPACE, digests),
                CoseKey.of(HOLDER.publicJwk()),
                "org.example.card",
                TODAY,
                TODAY,
                TODAY.plus(Duration.ofDays(30)),
                Optional.empty()));
        return new IssuerSigned(
                        Map.of(NAMESPACE, items),
                        CoseSign1.sign(mso.write().wrapped().encoded(), signer))
                .write();
    }

    private static String document(UnaryOperator<MobileSecurityObject> change) throws Exception {
        return document(SIGNER, List.of(item(0, 16, "a")), change);
    }

    private static MobileSecurityObject times(MobileSecurityObject mso, Instant signed, Instant from, Instant until) {
        return new MobileSecurityObject(
                mso.digestAlgorithm(),
                mso.digests(),
                mso.deviceKey(),
                mso.docType(),
                signed,
                from,
                until,
                mso.status());
    }

    private static MobileSecurityObject other(
            MobileSecurityObject mso, String algorithm, Map<String, Map<Long, byte[]>> digests, Cbor deviceKey) {
        return new MobileSecurityObject(
                algorithm,
                digests,
                deviceKey,
                mso.docType(),
                mso.signed(),
                mso.validFrom(),
                mso.validUntil(),
                mso.status());
    }

    @Test
    @DisplayName("a document as it should be is verified")
    void verified() throws Exception {
        var found = (Verified) verify(document(UnaryOperator.identity()));

        assertThat(found.format()).isEqualTo("mso_mdoc");
        assertThat(found.type()).isEqualTo("org.example.card");
        assertThat(found.claims().object(NAMESPACE).string("a")).isEqualTo("value");
        assertThat(found.chain()).isEqualTo(SIGNER.chain());
        assertThat(found.expires()).contains(TODAY.plus(Duration.ofDays(30)));
        assertThat(found.toString()).doesNotContain("value");
    }

    @Nested
    @DisplayName("The signer")
    class Signer {
        @Test
        @DisplayName("is certified by an authority that is trusted")
        void trusted() {
            assertThat(reason(new MdocVerifier().verify(licence(), TrustAnchors.none(), NOW)))
                    .isEqualTo(Reason.UNTRUSTED_ISSUER);
        }

        @Test
        @DisplayName("of driving licences has a certificate made for them; of other documents, need not")
        void purpose() {
            var ordinary = CA.issue("Issuer", ISSUER, JWSAlgorithm.ES256);

            var format = Documents.FORMAT;
            assertThat(reason(format.issue(issuance(MDL, claims("erika", MDL), ordinary, Optional.empty()))))
                    .isEqualTo(Reason.UNTRUSTED_ISSUER);
            assertThat(verify(format.issue(issuance(PID, claims("erika", PID), ordinary, Optional.empty()))))
                    .isInstanceOf(Verified.class);
        }

        @Test
        @DisplayName("of driving licences is of the issuing country")
        void country() {
            assertThat(reason(Documents.issue(MDL, claims("erika", MDL).with("issuing_country", "DE"))))
                    .isEqualTo(Reason.UNTRUSTED_ISSUER);
        }

        @Test
        @DisplayName("signed while the certificate was valid")
        void window() throws Exception {
            var before = SIGNER.chain().getFirst().getNotBefore().toInstant().minusSeconds(1);

            assertThat(reason(document(mso -> times(mso, before, TODAY, mso.validUntil()))))
                    .isEqualTo(Reason.UNTRUSTED_ISSUER);
        }

        @Test
        @DisplayName("made the signature, with the key of the certificate")
        void signature() throws Exception {
            var other = CA.issueDocumentSigner("Other", ISSUER, JWSAlgorithm.ES256);
            var document = IssuerSigned.read(licence());
            var auth = document.issuerAuth();
            var stolen = new IssuerSigned(
                    document.namespaces(),
                    new CoseSign1(
                            auth.protectedHeader(),
                            CoseSign1.sign(new byte[0], other).unprotectedHeader(),
                            auth.payload(),
                            auth.signature()));

            assertThat(reason(stolen.write())).isEqualTo(Reason.SIGNATURE);
        }

        @Test
        @DisplayName("does not sign with a key of another algorithm than the header says")
        void algorithm() {
            var document = IssuerSigned.read(licence());
            var auth = document.issuerAuth();
            for (var number : List.of(-35, -8, -257, 5)) {
                var header = new Cbor.Members(Map.of(Cbor.of(1), Cbor.of(number))).encoded();
                var changed = new IssuerSigned(
                        document.namespaces(),
                        new CoseSign1(header, auth.unprotectedHeader(), auth.payload(), auth.signature()));

                assertThat(reason(changed.write())).isEqualTo(Reason.SIGNATURE);
            }
        }

        @Test
        @DisplayName("is named by x5chain")
        void chain() {
            var document = IssuerSigned.read(licence());
            var auth = document.issuerAuth();
            var nameless = new IssuerSigned(
                    document.namespaces(),
                    new CoseSign1(
                            auth.protectedHeader(), new Cbor.Members(Map.of()), auth.payload(), auth.signature()));

            assertThat(reason(nameless.write())).isEqualTo(Reason.UNTRUSTED_ISSUER);
        }
    }

    @Nested
    @DisplayName("A data element")
    class Elements {
        @Test
        @DisplayName("has the digest that is signed")
        void digest() throws Exception {
            var document = IssuerSigned.read(document(UnaryOperator.identity()));
            var other = new IssuerSigned(Map.of(NAMESPACE, List.of(item(0, 17, "a"))), document.issuerAuth());

            assertThat(reason(other.write())).isEqualTo(Reason.DIGEST);
        }

        @Test
        @DisplayName("is in the namespace, and has the number, that its digest is signed for")
        void place() throws Exception {
            var document = IssuerSigned.read(document(UnaryOperator.identity()));
            var items = document.namespaces().get(NAMESPACE);

            assertThat(reason(new IssuerSigned(Map.of("org.example.2", items), document.issuerAuth()).write()))
                    .isEqualTo(Reason.DIGEST);
            assertThat(reason(document(mso -> other(mso, "SHA-256", Map.of(NAMESPACE, Map.of()), mso.deviceKey()))))
                    .isEqualTo(Reason.DIGEST);
        }

        @Test
        @DisplayName("is there once, under a number of its own")
        void once() throws Exception {
            var item = item(0, 16, "a");

            assertThat(reason(document(SIGNER, List.of(item, item), UnaryOperator.identity())))
                    .isEqualTo(Reason.DIGEST);
            assertThat(reason(document(SIGNER, List.of(item, item(1, 16, "a")), UnaryOperator.identity())))
                    .isEqualTo(Reason.DIGEST);
        }

        @Test
        @DisplayName("cannot be guessed: its random has 16 bytes at least")
        void random() throws Exception {
            assertThat(reason(document(SIGNER, List.of(item(0, 15, "a")), UnaryOperator.identity())))
                    .isEqualTo(Reason.DIGEST);
        }

        @Test
        @DisplayName("is digested by an algorithm of the standard")
        void algorithm() throws Exception {
            assertThat(reason(document(mso -> other(mso, "SHA-1", mso.digests(), mso.deviceKey()))))
                    .isEqualTo(Reason.DIGEST);
        }

        @Test
        @DisplayName("may be kept back: digests without elements are no fault")
        void keptBack() throws Exception {
            var document = IssuerSigned.read(
                    document(SIGNER, List.of(item(0, 16, "a"), item(1, 16, "b")), UnaryOperator.identity()));
            var shown = new IssuerSigned(
                    Map.of(NAMESPACE, document.namespaces().get(NAMESPACE).subList(0, 1)), document.issuerAuth());

            assertThat(verify(shown.write())).isInstanceOf(Verified.class);
        }
    }

    @Nested
    @DisplayName("Validity and key")
    class Validity {
        @Test
        @DisplayName("are of now, give or take a minute")
        void now() throws Exception {
            var minute = Duration.ofMinutes(1);

            assertThat(reason(document(mso -> times(mso, TODAY, NOW.plus(minute.multipliedBy(2)), mso.validUntil()))))
                    .isEqualTo(Reason.NOT_YET_VALID);
            assertThat(verify(document(mso -> times(mso, TODAY, NOW.plusSeconds(30), mso.validUntil()))))
                    .isInstanceOf(Verified.class);
            assertThat(reason(document(mso -> times(mso, TODAY, TODAY, NOW.minus(minute.multipliedBy(2))))))
                    .isEqualTo(Reason.EXPIRED);
        }

        @Test
        @DisplayName("have their times in order")
        void order() throws Exception {
            assertThat(reason(document(mso -> times(mso, TODAY, TODAY.minusSeconds(1), mso.validUntil()))))
                    .isEqualTo(Reason.MALFORMED);
            assertThat(reason(document(mso -> times(mso, TODAY, TODAY, TODAY)))).isEqualTo(Reason.MALFORMED);
        }

        @Test
        @DisplayName("are a key that can be read")
        void key() throws Exception {
            assertThat(reason(document(mso ->
                            other(mso, "SHA-256", mso.digests(), new Cbor.Members(Map.of(Cbor.of(1), Cbor.of(4)))))))
                    .isEqualTo(Reason.HOLDER_KEY);
        }
    }

    @Nested
    @DisplayName("What is no mdoc")
    class Malformed {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "oA",
                    "9g",
                    "eyJhbGciOiJFUzI1NiJ9.e30.AAAA",
                    "not base64!",
                    "ogEC",
                    "gIA",
                    "_____w",
                    "v_8"
                })
        @DisplayName("is refused as malformed")
        void malformed(String text) {
            assertThat(reason(text)).isEqualTo(Reason.MALFORMED);
        }

        @Test
        @DisplayName("is refused if it is no text, padded, or wrapped in something else")
        void wrapped() {
            var credential = licence();
            var bytes = Base64.getUrlDecoder().decode(credential);
            var encoder = Base64.getUrlEncoder().withoutPadding();

            assertThat(reason(new MdocVerifier().verify(42, ANCHORS, NOW))).isEqualTo(Reason.MALFORMED);
            assertThat(reason(credential + "=")).isEqualTo(Reason.MALFORMED);
            assertThat(reason(credential + "A")).isEqualTo(Reason.MALFORMED);
            var document = new Cbor.Members(Map.of(
                    Cbor.of("docType"),
                    Cbor.of("org.iso.18013.5.1.mDL"),
                    Cbor.of("issuerSigned"),
                    CborReader.read(bytes)));
            assertThat(reason(encoder.encodeToString(document.encoded()))).isEqualTo(Reason.MALFORMED);
        }

        @Test
        @DisplayName("is refused if it is longer than we read")
        void tooLong() {
            assertThat(reason("A".repeat(2_000_000))).isEqualTo(Reason.MALFORMED);
        }
    }

    @Nested
    @DisplayName("A flipped bit")
    class Flipped {
        @Test
        @DisplayName("of any of a thousand bytes is refused with a reason")
        void bytes() {
            var random = new Random(18013);
            var encoder = Base64.getUrlEncoder().withoutPadding();
            for (var i = 0; i < 1_000; i++) {
                var definition = i % 2 == 0 ? MDL : PID;
                var bytes = i < 2 || i % 20 < 2
                        ? Base64.getUrlDecoder().decode(Documents.issue(definition, claims("erika", definition)))
                        : DOCUMENTS[i % 2].clone();
                var at = random.nextInt(bytes.length);
                bytes[at] ^= (byte) (1 << random.nextInt(8));

                var found = verify(encoder.encodeToString(bytes));

                assertThat(found).as("byte %d of document %d", at, i).isInstanceOf(Rejected.class);
                assertThat(((Rejected) found).detail()).isNotBlank().isNotEqualTo("null");
            }
        }

        @Test
        @DisplayName("of every byte outside the data elements, which are many and alike, is refused too")
        void everyByteOfTheSignature() {
            var encoder = Base64.getUrlEncoder().withoutPadding();
            var bytes = DOCUMENTS[0];
            var end = Math.min(bytes.length, 900); // issuerAuth comes first: headers, certificate, payload
            for (var at = 0; at < end; at++) {
                var changed = bytes.clone();
                changed[at] ^= (byte) (1 << at % 8);

                assertThat(verify(encoder.encodeToString(changed)))
                        .as("byte %d", at)
                        .isInstanceOf(Rejected.class);
            }
        }

        @Test
        @DisplayName("of any character is refused with a reason")
        void characters() {
            var random = new Random(4648);
            var credential = licence();
            for (var i = 0; i < 1_000; i++) {
                var at = random.nextInt(credential.length());
                var changed = credential.toCharArray();
                changed[at] ^= (char) (1 << random.nextInt(7));

                assertThat(verify(new String(changed))).as("character %d", at).isInstanceOf(Rejected.class);
            }
        }

        @Test
        @DisplayName("or an end too early, is refused with a reason")
        void truncated() {
            var credential = licence();
            for (var length = 0; length < credential.length(); length += 37) {
                assertThat(verify(credential.substring(0, length))).isInstanceOf(Rejected.class);
            }
        }

        private static final byte[][] DOCUMENTS = {
            Base64.getUrlDecoder().decode(licence()),
            Base64.getUrlDecoder().decode(Documents.issue(PID, claims("erika", PID)))
        };
    }
}
