package dev.intaglio.credential.mdoc;

import static dev.intaglio.credential.mdoc.Documents.ANCHORS;
import static dev.intaglio.credential.mdoc.Documents.CA;
import static dev.intaglio.credential.mdoc.Documents.FORMAT;
import static dev.intaglio.credential.mdoc.Documents.HOLDER;
import static dev.intaglio.credential.mdoc.Documents.ISSUER;
import static dev.intaglio.credential.mdoc.Documents.MDL;
import static dev.intaglio.credential.mdoc.Documents.NOW;
import static dev.intaglio.credential.mdoc.Documents.PID;
import static dev.intaglio.credential.mdoc.Documents.SIGNER;
import static dev.intaglio.credential.mdoc.Documents.claims;
import static dev.intaglio.credential.mdoc.Documents.issuance;
import static dev.intaglio.credential.mdoc.Documents.licence;
import static dev.intaglio.credential.mdoc.Documents.mdoc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitionException;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.DatasetException;
import dev.intaglio.credential.IdentifierReference;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.MissingClaimException;
import dev.intaglio.credential.StatusReference;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborReader;
import dev.intaglio.credential.mdoc.IssuerSigned.Item;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MsoMdocFormatTest {
    private static final String NAMESPACE = "org.iso.18013.5.1";

    private static Cbor.Members issuerSigned(String credential) {
        return CborReader.read(Base64.getUrlDecoder().decode(credential)).members();
    }

    private static Cbor.Members mso(String credential) {
        var payload = CborReader.read(IssuerSigned.read(credential).issuerAuth().payload());
        return CborReader.read(payload.tagged(24).bytes()).members();
    }

    private static Map<String, Item> items(String credential) {
        return IssuerSigned.read(credential).namespaces().get(NAMESPACE).stream()
                .collect(java.util.stream.Collectors.toMap(Item::identifier, item -> item));
    }

    private static Verification.Verified verified(String credential) {
        return (Verification.Verified) new MdocVerifier().verify(credential, ANCHORS, NOW);
    }

    @Nested
    @DisplayName("App. A.2.4: the credential")
    class Credential {
        private final String credential = licence();

        @Test
        @Requirement("HAIP-2")
        @DisplayName("is IssuerSigned alone, in base64url without padding and in deterministic CBOR")
        void issuerSignedAlone() {
            var bytes = Base64.getUrlDecoder().decode(credential);

            assertThat(credential).matches("[A-Za-z0-9_-]+");
            assertThat(issuerSigned(credential).entries().keySet())
                    .containsExactly(Cbor.of("issuerAuth"), Cbor.of("nameSpaces"));
            assertThat(CborReader.read(bytes).encoded()).isEqualTo(bytes);
            var mso = CborReader.read(IssuerSigned.read(credential).issuerAuth().payload());
            assertThat(mso.encoded())
                    .isEqualTo(IssuerSigned.read(credential).issuerAuth().payload());
            assertThat(CborReader.read(mso.tagged(24).bytes()).encoded())
                    .isEqualTo(mso.tagged(24).bytes());
            items(credential).values().forEach(item -> {
                var inner = CborReader.read(item.encoded()).tagged(24).bytes();
                assertThat(CborReader.read(inner).encoded()).isEqualTo(inner);
            });
        }

        @Test
        @DisplayName("is signed by an untagged COSE_Sign1: alg protected, x5chain unprotected, the anchor left out")
        void issuerAuth() throws Exception {
            var parts = issuerSigned(credential).get("issuerAuth").elements(4);

            assertThat(HexFormat.of().formatHex(parts.get(0).bytes())).isEqualTo("a10126");
            assertThat(parts.get(1))
                    .isEqualTo(new Cbor.Members(Map.of(
                            Cbor.of(33), Cbor.of(SIGNER.chain().getFirst().getEncoded()))));
            assertThat(parts.get(3).bytes()).hasSize(64);
        }

        @Test
        @Requirement("HAIP-10")
        @DisplayName("has a Mobile Security Object of version 1.0 with SHA-256 digests over whole items")
        void mobileSecurityObject() {
            var mso = mso(credential);

            assertThat(mso.entries().keySet())
                    .containsExactlyInAnyOrder(
                            Cbor.of("version"),
                            Cbor.of("digestAlgorithm"),
                            Cbor.of("valueDigests"),
                            Cbor.of("deviceKeyInfo"),
                            Cbor.of("docType"),
                            Cbor.of("validityInfo"));
            assertThat(mso.get("version")).isEqualTo(Cbor.of("1.0"));
            assertThat(mso.get("digestAlgorithm")).isEqualTo(Cbor.of("SHA-256"));
            assertThat(mso.get("docType")).isEqualTo(Cbor.of("org.iso.18013.5.1.mDL"));
            var digests = mso.get("valueDigests").members().get(NAMESPACE).members();
            assertThat(digests.entries()).hasSameSizeAs(items(credential).entrySet());
            items(credential)
                    .values()
                    .forEach(item -> assertThat(digests.find(item.digestId()).orElseThrow())
                            .isEqualTo(Cbor.of(sha256(item.encoded()))));
        }

        @Test
        @DisplayName("is bound to the holder's key as a COSE_Key, without what a wallet wrote beside it")
        void deviceKey() {
            var key = mso(credential)
                    .get("deviceKeyInfo")
                    .members()
                    .get("deviceKey")
                    .members();

            assertThat(key.entries().keySet())
                    .containsExactlyInAnyOrder(Cbor.of(1), Cbor.of(-1), Cbor.of(-2), Cbor.of(-3));
            assertThat(verified(credential).holderKey().orElseThrow().getRequiredParams())
                    .isEqualTo(HOLDER.publicJwk().getRequiredParams());
        }

        @Test
        @DisplayName("has random of 32 bytes, new for each element, and numbers that say nothing about elements")
        void randomAndNumbers() {
            var randoms = new HashSet<String>();
            var numbers = new HashSet<Long>();
            for (var i = 0; i < 50; i++) {
                var items = items(licence());
                items.values().forEach(item -> {
                    assertThat(item.random()).hasSize(32);
                    assertThat(randoms.add(HexFormat.of().formatHex(item.random())))
                            .isTrue();
                    assertThat(item.digestId()).isBetween(0L, 40L);
                });
                assertThat(items.values().stream().map(Item::digestId).distinct())
                        .hasSameSizeAs(items.values());
                numbers.add(items.get("family_name").digestId());
            }
            assertThat(numbers).hasSizeGreaterThan(10);
        }

        @Test
        @DisplayName("has values of the types of ISO/IEC 18013-5: full-date, tdate, bytes")
        void types() {
            var items = items(credential);

            assertThat(items.get("birth_date").value()).isEqualTo(new Cbor.Tag(1004, Cbor.of("1986-03-22")));
            assertThat(items.get("portrait_capture_date").value())
                    .isEqualTo(new Cbor.Tag(0, Cbor.of("2024-04-18T09:30:00Z")));
            assertThat(HexFormat.of().formatHex(items.get("portrait").value().bytes()))
                    .startsWith("ffd8ff");
            assertThat(items.get("sex").value()).isEqualTo(Cbor.of(2));
            assertThat(items.get("age_over_18").value()).isEqualTo(Cbor.TRUE);
            var privilege = ((Cbor.Array) items.get("driving_privileges").value())
                    .elements()
                    .getFirst()
                    .members();
            assertThat(privilege.get("vehicle_category_code")).isEqualTo(Cbor.of("B"));
            assertThat(privilege.get("issue_date")).isEqualTo(new Cbor.Tag(1004, Cbor.of("2004-06-11")));
        }

        @Test
        @Requirement("CI-PRIV-1")
        @DisplayName("says times in whole days, the same for all of a batch")
        void validity() {
            var validity = mso(credential).get("validityInfo").members();

            assertThat(validity.get("signed")).isEqualTo(new Cbor.Tag(0, Cbor.of("2026-11-17T00:00:00Z")));
            assertThat(validity.get("validFrom")).isEqualTo(validity.get("signed"));
            assertThat(validity.get("validUntil")).isEqualTo(new Cbor.Tag(0, Cbor.of("2026-12-18T00:00:00Z")));
        }

        @Test
        @Requirement("HAIP-CI-16")
        @DisplayName("says where its status is, if it has one")
        void status() {
            var reference = new StatusReference(URI.create("https://issuer.example/status/1"), 412);

            var withStatus = FORMAT.issue(issuance(MDL, claims("erika", MDL), SIGNER, Optional.of(reference)));

            assertThat(mso(withStatus)
                            .get("status")
                            .members()
                            .get("status_list")
                            .members()
                            .entries())
                    .containsOnly(
                            Map.entry(Cbor.of("idx"), Cbor.of(412)),
                            Map.entry(Cbor.of("uri"), Cbor.of("https://issuer.example/status/1")));
            assertThat(verified(withStatus).status()).contains(CredentialStatus.of(reference));
            assertThat(verified(credential).status()).isEmpty();
        }

        @Test
        @DisplayName("may name an identifier list instead, or both")
        void identifierList() {
            var reference = IdentifierReference.of(URI.create("https://issuer.example/identifiers/1"), 412);
            var both = new CredentialStatus(
                    Optional.of(new StatusReference(URI.create("https://issuer.example/status/1"), 412)),
                    Optional.of(reference),
                    List.of());

            for (var status : List.of(CredentialStatus.of(reference), both)) {
                var issued =
                        FORMAT.issue(withStatus(issuance(MDL, claims("erika", MDL), SIGNER, Optional.empty()), status));

                assertThat(mso(issued)
                                .get("status")
                                .members()
                                .get("identifier_list")
                                .members()
                                .entries())
                        .containsOnly(
                                Map.entry(Cbor.of("id"), Cbor.of(new byte[] {0, 0, 1, (byte) 0x9c})),
                                Map.entry(Cbor.of("uri"), Cbor.of("https://issuer.example/identifiers/1")));
                assertThat(verified(issued).status()).contains(status);
            }
        }

        private static Issuance withStatus(Issuance plain, CredentialStatus status) {
            return new Issuance(
                    plain.definition(),
                    plain.configuration(),
                    plain.dataset(),
                    plain.holderKey(),
                    Optional.of(status),
                    plain.signingKey(),
                    plain.issuer(),
                    plain.now());
        }

        private static byte[] sha256(byte[] bytes) {
            try {
                return java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
            } catch (java.security.NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    @Nested
    @DisplayName("The signing key")
    class Keys {
        @ParameterizedTest
        @CsvSource({"ES256,-7", "ES384,-35", "ES512,-36", "EdDSA,-8"})
        @Requirement({"CI-META-23", "HAIP-11"})
        @DisplayName("may be of any algorithm we sign with; the metadata names it by its number")
        void algorithms(String name, long number) {
            var algorithm = JWSAlgorithm.parse(name);
            var key = CA.issueDocumentSigner("Signer", ISSUER, algorithm);

            var credential = FORMAT.issue(issuance(MDL, claims("erika", MDL), key, Optional.empty()));

            assertThat(verified(credential).type()).isEqualTo("org.iso.18013.5.1.mDL");
            assertThat(FORMAT.configuration(MDL, mdoc(MDL), List.of("ES256"), algorithm)
                            .write()
                            .optionalArray("credential_signing_alg_values_supported")
                            .orElseThrow())
                    .containsExactly(number);
        }

        @Test
        @DisplayName("needs a certificate")
        void withoutCertificate() {
            var bare = SigningKey.generate(JWSAlgorithm.ES256);

            assertThatThrownBy(() -> FORMAT.issue(issuance(MDL, claims("erika", MDL), bare, Optional.empty())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("certificate");
            assertThat(FORMAT.keyUse()).isEqualTo(KeyUse.DOCUMENT_SIGNER);
        }

        @Test
        @DisplayName("gives documents no more time than its certificate has")
        void window() {
            var long_ago = Clock.fixed(NOW.minus(Duration.ofDays(355)), ZoneOffset.UTC);
            var ca = DevelopmentCa.create("Old IACA", long_ago, new SecureRandom());
            var ending = ca.issueDocumentSigner("Signer", ISSUER, JWSAlgorithm.ES256);

            var credential = FORMAT.issue(issuance(MDL, claims("erika", MDL), ending, Optional.empty()));

            assertThat(mso(credential).get("validityInfo").members().get("validUntil"))
                    .isEqualTo(new Cbor.Tag(
                            0,
                            Cbor.of(ending.chain()
                                    .getFirst()
                                    .getNotAfter()
                                    .toInstant()
                                    .toString())));
            var future = DevelopmentCa.create(
                    "New IACA", Clock.fixed(NOW.plus(Duration.ofDays(60)), ZoneOffset.UTC), new SecureRandom());
            var early = future.issueDocumentSigner("Signer", ISSUER, JWSAlgorithm.ES256);
            assertThatThrownBy(() -> FORMAT.issue(issuance(MDL, claims("erika", MDL), early, Optional.empty())))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    @DisplayName("App. A.2.2: the metadata")
    class Metadata {
        @Test
        @Requirement({"CI-META-23", "CI-META-24"})
        @DisplayName("has doctype, numbers of algorithms, cose_key, and claims by namespace and element")
        void metadata() {
            var metadata = FORMAT.configuration(PID, mdoc(PID), List.of("ES256"), JWSAlgorithm.ES256)
                    .write();

            assertThat(metadata.string("format")).isEqualTo("mso_mdoc");
            assertThat(metadata.string("doctype")).isEqualTo("eu.europa.ec.eudi.pid.1");
            assertThat(metadata.strings("cryptographic_binding_methods_supported"))
                    .containsExactly("cose_key");
            assertThat(metadata.object("proof_types_supported")
                            .object("jwt")
                            .strings("proof_signing_alg_values_supported"))
                    .containsExactly("ES256");
            var paths = metadata.object("credential_metadata").objects("claims").stream()
                    .map(claim -> claim.optionalArray("path").orElseThrow())
                    .toList();
            assertThat(paths)
                    .contains(
                            List.of("eu.europa.ec.eudi.pid.1", "birth_date"),
                            List.of("eu.europa.ec.eudi.pid.1", "resident_city"),
                            List.of("eu.europa.ec.eudi.pid.1", "age_over_18"),
                            List.of("eu.europa.ec.eudi.pid.1", "place_of_birth", "country"))
                    .doesNotContain(List.of("eu.europa.ec.eudi.pid.1", "address"));
            assertThat(metadata.object("credential_metadata").objects("claims").stream()
                            .filter(claim -> claim.flag("mandatory"))
                            .map(claim ->
                                    claim.optionalArray("path").orElseThrow().get(1)))
                    .containsExactlyInAnyOrder(
                            "family_name",
                            "given_name",
                            "birth_date",
                            "place_of_birth",
                            "nationality",
                            "issuing_authority",
                            "issuing_country",
                            "expiry_date");
        }

        @Test
        @DisplayName("of the driving licence marks the eleven mandatory elements")
        void licenceElements() {
            assertThat(DocumentType.of(MDL, mdoc(MDL)).elements().stream()
                            .filter(DataElement::mandatory)
                            .map(DataElement::identifier))
                    .containsExactlyInAnyOrder(
                            "family_name",
                            "given_name",
                            "birth_date",
                            "issue_date",
                            "expiry_date",
                            "issuing_country",
                            "issuing_authority",
                            "document_number",
                            "portrait",
                            "driving_privileges",
                            "un_distinguishing_sign");
        }
    }

    @Nested
    @DisplayName("A dataset")
    class Dataset {
        @ParameterizedTest
        @ValueSource(strings = {"erika", "max", "amelie", "giovanna"})
        @DisplayName("of a sample person becomes a PID in both formats' terms")
        void pid(String person) {
            var elements =
                    verified(Documents.issue(PID, claims(person, PID))).claims().object("eu.europa.ec.eudi.pid.1");

            assertThat(elements.string("birth_date"))
                    .isEqualTo(claims(person, PID).string("birthdate"));
            assertThat(elements.strings("nationality"))
                    .isEqualTo(claims(person, PID).strings("nationalities"));
            assertThat(elements.members()).doesNotContainKeys("birthdate", "address", "age_equal_or_over");
        }

        @Test
        @DisplayName("without a mandatory claim makes no credential")
        void missing() {
            assertThatThrownBy(() -> Documents.issue(MDL, claims("erika", MDL).without("portrait")))
                    .isInstanceOf(MissingClaimException.class)
                    .hasMessageContaining("portrait");
            assertThatThrownBy(() -> Documents.issue(PID, claims("erika", PID).without("date_of_expiry")))
                    .isInstanceOf(MissingClaimException.class);
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "birth_date,22.03.1986",
            "birth_date,1986-02-30",
            "portrait,%%%",
            "portrait_capture_date,2024-04-18",
            "driving_privileges,B"
        })
        @DisplayName("that does not fit makes none either, and the refusal does not quote it")
        void unfit(String claim, String value) {
            assertThatThrownBy(() -> Documents.issue(MDL, claims("erika", MDL).with(claim, value)))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining(claim)
                    .hasMessageNotContaining(value.equals("B") ? "\"B\"" : value)
                    .hasNoCause();
        }

        @Test
        @DisplayName("is taken only as far as the definition describes it")
        void unknown() {
            var credential = Documents.issue(
                    MDL,
                    claims("erika", MDL)
                            .with("shoe_size", 39)
                            .with("driving_privileges", List.of(Map.of("vehicle_category_code", "B", "secret", "x"))));

            assertThat(items(credential)).doesNotContainKey("shoe_size");
            assertThat(((Cbor.Array) items(credential).get("driving_privileges").value()).elements())
                    .containsExactly(new Cbor.Members(Map.of(Cbor.of("vehicle_category_code"), Cbor.of("B"))));
        }
    }

    @Nested
    @DisplayName("A definition file")
    class DefinitionFile {
        private static final String CARD = """
                id: card
                display: [{locale: en, name: Card}]
                claims:
                  - {path: [number], mandatory: true}
                  - {path: [address]}
                  - {path: [address, town]}
                  - {path: [pets, null, born]}
                formats:
                  mso_mdoc:
                    doctype: org.example.card
                    claims:
                      - number
                """;

        private CredentialDefinition check(String yaml) {
            return CredentialFormats.onClassPath(new SecureRandom())
                    .check(CredentialDefinition.read(yaml, "card.yaml"));
        }

        @Test
        @DisplayName("without a mapping carries every claim under its own name, in the doctype's namespace")
        void everything() {
            var card = check(CARD.substring(0, CARD.indexOf("    claims:\n")));

            var claims = JsonObject.of(Map.of("number", "7", "address", Map.of("town", "Kassel")));
            assertThat(verified(Documents.issue(card, claims)).claims())
                    .isEqualTo(JsonObject.of(Map.of("org.example.card", claims.members())));
        }

        @Test
        @DisplayName("may put elements into namespaces, name them, and give parts of them a type")
        void mapped() {
            var card = check(CARD.replace("namespace", "namespace") + """
                          - {path: [address, town], element: resident_city, namespace: org.example.more, mandatory: true}
                          - pets
                          - {path: [pets, null, born], type: full-date}
                    """.replace("      - ", "      - "));

            var credential = Documents.issue(
                    card,
                    JsonObject.of(Map.of(
                            "number", "7",
                            "address", Map.of("town", "Kassel"),
                            "pets", List.of(Map.of("born", "2020-01-02"), Map.of()))));

            assertThat(verified(credential).claims().text())
                    .contains("\"org.example.more\":{\"resident_city\":\"Kassel\"}")
                    .contains("\"pets\":[{\"born\":\"2020-01-02\"}]");
        }

        @ParameterizedTest(name = "{2}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "doctype: org.example.card|namespace: n|card.yaml:10: the key `doctype` is missing: mso_mdoc needs it",
                    "doctype:|doctyp:|card.yaml:10: unknown key `doctyp`; did you mean `doctype`?",
                    "doctype: org.example.card|doctype: 7|card.yaml:10: expected a text",
                    "- number|- nummer|card.yaml:12: the definition has no claim nummer",
                    "- number|- {path: number, typ: bytes}|card.yaml:12: unknown key `typ`",
                    "- number|- {path: number, type: date}|card.yaml:12: expected plain, full-date, tdate or bytes",
                    "- number|- {path: address, type: bytes}|card.yaml:12: address has parts, so it is no bytes",
                    "- number|- {path: [pets, null, born]}|card.yaml:12: pets[*].born is in an array",
                    "- number|- {path: number, mandatory: often}|card.yaml:12: expected true or false",
                    "- number|- {path: number, element: ''}|card.yaml:12: `element` is a text",
                    "- number|- {element: number}|card.yaml:12: the key `path` is missing",
                    "- number|- 7|card.yaml:12: expected the name of a claim",
                    "- number|- number\\n      - {path: address, element: number}|card.yaml:12: two claims are the element number",
                    "- number|- address\\n      - {path: [address, town], element: x}|card.yaml:13: address.town is a part of",
                    "claims:\\n      - number|claims: number|card.yaml:11: expected a list",
                    "claims:\\n      - number|claims: []|card.yaml:11: an mdoc has at least one data element",
                    "formats:|binding: false\\nformats:|card.yaml:11: an mdoc is always bound to a key"
                })
        @DisplayName("is refused with file and line:")
        void refused(String part, String replacement, String message) {
            var yaml = CARD.replace(part.replace("\\n", "\n"), replacement.replace("\\n", "\n"));

            assertThatThrownBy(() -> check(yaml))
                    .isInstanceOf(CredentialDefinitionException.class)
                    .hasMessageStartingWith(message);
        }
    }
}
