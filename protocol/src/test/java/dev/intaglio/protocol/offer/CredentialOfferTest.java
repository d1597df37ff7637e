package dev.intaglio.protocol.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.protocol.RandomJson;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("§4.1 Credential Offer")
class CredentialOfferTest {
    /// As the example of §4.1.1.
    private static final String EXAMPLE = """
            {"credential_issuer":"https://credential-issuer.example.com","credential_configuration_ids":["UniversityDegreeCredential","org.iso.18013.5.1.mDL"],
             "grants":{"authorization_code":{"issuer_state":"eyJhbGciOiJSU0Et"},
              "urn:ietf:params:oauth:grant-type:pre-authorized_code":{"pre-authorized_code":"adhjhdjajkdkhjhdj",
               "tx_code":{"length":4,"input_mode":"numeric","description":"Please provide the one-time code that was sent via e-mail"}}}}""";

    @Nested
    @DisplayName("§4.1.1 reading and writing")
    class Reading {
        @Test
        @Requirement({"CI-OFFER-3", "CI-OFFER-4", "CI-OFFER-8", "CI-OFFER-11"})
        @DisplayName("the example gives its words, and the words the example")
        void example() {
            var offer = read(EXAMPLE);
            assertThat(offer.credentialIssuer()).hasToString("https://credential-issuer.example.com");
            assertThat(offer.configurationIds()).containsExactly("UniversityDegreeCredential", "org.iso.18013.5.1.mDL");
            assertThat(offer.grants().authorizationCode().orElseThrow().issuerState())
                    .contains("eyJhbGciOiJSU0Et");
            var grant = offer.grants().preAuthorizedCode().orElseThrow();
            assertThat(grant.code()).isEqualTo("adhjhdjajkdkhjhdj");
            assertThat(grant.txCode().orElseThrow().length()).hasValue(4);
            assertThat(offer.write()).isEqualTo(Json.readObject(EXAMPLE));
        }

        @Test
        @DisplayName("what is made up at random is read again as it was written, in an object and in a link")
        void roundTrip() {
            var random = new RandomJson(5);
            for (var i = 0; i < 1_000; i++) {
                var offer = offer(random);
                assertThat(Json.readObject(offer.write().bytes()).read(CredentialOffer::read))
                        .isEqualTo(offer);
                assertThat(CredentialOfferUri.read(new CredentialOfferUri.ByValue(offer).link()))
                        .isEqualTo(new CredentialOfferUri.ByValue(offer));
            }
        }

        @Test
        @Requirement({"CI-OFFER-5", "CI-OFFER-17"})
        @DisplayName("grants may be left out or be unknown, and there may be members nobody knows")
        void optional() {
            var plain = read(change(json -> json.without("grants")));
            assertThat(plain.grants()).isEqualTo(Grants.none());
            assertThat(plain.write().has("grants")).isFalse();
            assertThat(read(change(json -> json.with("grants", Map.of()))).grants())
                    .isEqualTo(Grants.none());
            assertThat(read(change(json -> json.with("grants", Map.of("urn:x", Map.of("a", 1))))))
                    .isEqualTo(plain);
            assertThat(read(change(json -> json.without("grants").with("foo", 1).with("credentials", List.of("x")))))
                    .isEqualTo(plain);
        }

        @Test
        @Requirement({"CI-OFFER-10", "CI-OFFER-11"})
        @DisplayName("an empty tx_code asks for a numeric code of unknown length")
        void emptyTxCode() {
            var offer = read(EXAMPLE.replaceAll("\\{\"length\".*?\\}", "{}"));
            assertThat(offer.grants().preAuthorizedCode().orElseThrow().txCode())
                    .contains(new TxCode(TxCode.InputMode.NUMERIC, OptionalInt.empty(), Optional.empty()));
        }

        @Test
        @Requirement({"CI-OFFER-3", "CI-OFFER-4", "CI-OFFER-8", "CI-OFFER-12"})
        @DisplayName("without what is required, or with it wrong, is refused with the name of the member")
        void refused() {
            assertRefused(json -> json.without("credential_issuer"), "credential_issuer");
            assertRefused(json -> json.with("credential_issuer", "http://issuer.example"), "credential_issuer");
            assertRefused(json -> json.with("credential_issuer", "not a URI"), "");
            assertRefused(json -> json.without("credential_configuration_ids"), "credential_configuration_ids");
            assertRefused(json -> json.with("credential_configuration_ids", List.of()), "credential_configuration_ids");
            assertRefused(
                    json -> json.with("credential_configuration_ids", List.of("a", "b", "a")),
                    "credential_configuration_ids");
            assertRefused(
                    json -> json.with("credential_configuration_ids", List.of(1)), "credential_configuration_ids[0]");
            assertRefused(json -> json.with("credential_configuration_ids", "a"), "credential_configuration_ids");
            assertRefused(json -> json.with("grants", List.of()), "grants");
            assertRefused(json -> grant(json, Map.of()), "pre-authorized_code");
            assertRefused(json -> grant(json, Map.of("pre-authorized_code", 1)), "pre-authorized_code");
            assertRefused(json -> grant(json, Map.of("pre-authorized_code", "x", "tx_code", true)), "tx_code");
            assertRefused(
                    json -> grant(json, Map.of("pre-authorized_code", "x", "tx_code", Map.of("length", "4"))),
                    "tx_code.length");
            assertRefused(
                    json -> grant(json, Map.of("pre-authorized_code", "x", "tx_code", Map.of("length", 0))), "tx_code");
            assertRefused(
                    json -> grant(
                            json, Map.of("pre-authorized_code", "x", "tx_code", Map.of("length", 99_999_999_999L))),
                    "tx_code.length");
            assertRefused(
                    json -> grant(
                            json,
                            Map.of("pre-authorized_code", "x", "tx_code", Map.of("description", "x".repeat(301)))),
                    "tx_code");
        }

        @Test
        @DisplayName("says nothing of itself that could be redeemed")
        void toStringIsSafe() {
            assertThat(read(EXAMPLE).toString())
                    .contains("UniversityDegreeCredential")
                    .doesNotContain("adhjhdjajkdkhjhdj", "eyJhbGciOiJSU0Et");
        }

        private static JsonObject grant(JsonObject json, Map<String, Object> grant) {
            return json.with("grants", Map.of("urn:ietf:params:oauth:grant-type:pre-authorized_code", grant));
        }

        private static void assertRefused(UnaryOperator<JsonObject> change, String member) {
            assertThatThrownBy(() -> read(change(change)))
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining(member);
        }

        private static String change(UnaryOperator<JsonObject> change) {
            return change.apply(Json.readObject(EXAMPLE)).text();
        }

        private static CredentialOffer offer(RandomJson random) {
            var ids = new LinkedHashSet<>(random.some(random::text));
            ids.add("x" + random.word());
            Optional<TxCode> txCode = random.yes()
                    ? Optional.of(new TxCode(
                            random.yes() ? TxCode.InputMode.NUMERIC : TxCode.InputMode.TEXT,
                            random.yes() ? OptionalInt.of(1 + random.upTo(20)) : OptionalInt.empty(),
                            random.yes() ? Optional.of(random.text()) : Optional.empty()))
                    : Optional.empty();
            return new CredentialOffer(
                    URI.create("https://" + random.word() + ".example/" + random.word()),
                    List.copyOf(ids),
                    new Grants(
                            random.yes()
                                    ? Optional.of(new Grants.AuthorizationCode(
                                            random.yes() ? Optional.of(random.text()) : Optional.empty(),
                                            random.yes()
                                                    ? Optional.of(URI.create("https://as.example"))
                                                    : Optional.empty()))
                                    : Optional.empty(),
                            random.yes()
                                    ? Optional.of(new Grants.PreAuthorizedCode(
                                            random.text(),
                                            txCode,
                                            random.yes()
                                                    ? Optional.of(URI.create("https://as.example"))
                                                    : Optional.empty()))
                                    : Optional.empty()));
        }
    }

    @Nested
    @DisplayName("§4.1.2, §4.1.3 links")
    class Links {
        @ParameterizedTest
        @Requirement("CI-OFFER-18")
        @DisplayName("go to any wallet, to one by its scheme, or to one at an https address")
        @ValueSource(
                strings = {
                    "openid-credential-offer://",
                    "haip-vci://",
                    "https://wallet.example/offer",
                    "https://wallet.example/offer?lang=de"
                })
        void endpoints(String endpoint) {
            var byReference = new CredentialOfferUri.ByReference(URI.create("https://issuer.example/offers/x?y=1&z=ä"));
            var byValue = new CredentialOfferUri.ByValue(read(EXAMPLE));
            assertThat(byReference.link(endpoint)).startsWith(endpoint);
            assertThat(CredentialOfferUri.read(byReference.link(endpoint))).isEqualTo(byReference);
            assertThat(CredentialOfferUri.read(byValue.link(endpoint))).isEqualTo(byValue);
            assertThat(URI.create(byValue.link(endpoint)).getRawQuery()).doesNotContain("{", "\"", " ");
        }

        @Test
        @DisplayName("of others may spell spaces as plus and escape as they like")
        void otherSpellings() {
            var link =
                    "openid-credential-offer:?credential_offer=%7B%22credential_issuer%22:%22https://i.example%22,%22credential_configuration_ids%22:[%22a+b%22]%7D";
            assertThat(CredentialOfferUri.read(link))
                    .isInstanceOfSatisfying(
                            CredentialOfferUri.ByValue.class,
                            value ->
                                    assertThat(value.offer().configurationIds()).containsExactly("a b"));
        }

        @ParameterizedTest
        @Requirement({"CI-OFFER-1", "CI-OFFER-2"})
        @DisplayName(
                "with both parameters, neither, one twice, no offer in it, or an address that is not https are refused")
        @ValueSource(
                strings = {
                    "openid-credential-offer://",
                    "openid-credential-offer://?",
                    "openid-credential-offer://?foo=bar",
                    "",
                    "openid-credential-offer://?credential_offer=%7B%7D&credential_offer_uri=https%3A%2F%2Fi.example",
                    "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fi.example&credential_offer_uri=https%3A%2F%2Fi.example",
                    "openid-credential-offer://?credential_offer=x",
                    "openid-credential-offer://?credential_offer=%7B%7D",
                    "openid-credential-offer://?credential_offer=",
                    "openid-credential-offer://?credential_offer_uri=http%3A%2F%2Fi.example%2Foffer",
                    "openid-credential-offer://?credential_offer_uri=offer",
                    "openid-credential-offer://?credential_offer_uri=file%3A%2F%2F%2Fetc%2Fpasswd",
                    "openid-credential-offer://?credential_offer_uri=%zz"
                })
        void refused(String link) {
            assertThatThrownBy(() -> CredentialOfferUri.read(link)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        @DisplayName("say nothing of themselves that leads to the offer")
        void toStringIsSafe() {
            var link = new CredentialOfferUri.ByReference(URI.create("https://issuer.example/offers/s3cret"));
            assertThat(link.toString()).doesNotContain("s3cret");
        }
    }

    @Nested
    @DisplayName("QR codes")
    class QrCodes {
        private static final String LINK =
                "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fissuer.example%2Foffers%2FdBjftJeZ4CVP";

        @Test
        @DisplayName("are square, with a quiet zone of four modules, dark on white")
        void svg() {
            var svg = QrCode.of(LINK).svg();
            // Version 5 holds up to 106 bytes at the lowest level of correction, and has 37 modules a side.
            assertThat(LINK).hasSizeBetween(79, 106);
            assertThat(svg)
                    .startsWith("<svg ")
                    .contains("viewBox=\"0 0 45 45\"", "fill=\"#ffffff\"", "fill=\"#000000\"")
                    .endsWith("</svg>");
            assertThat(svg).contains("M4,4h1v1h-1z").doesNotContain("M3,", "M41,", ",3h", ",41h");
        }

        @Test
        @DisplayName("as text have two modules a character, and a quiet zone")
        void text() {
            var lines = QrCode.of(LINK).text().split("\n");
            assertThat(lines)
                    .hasSize(21)
                    .allMatch(line -> line.length() == 41)
                    .allMatch(line -> line.matches("[█▀▄ ]+"));
            assertThat(lines[0]).isEqualTo("█".repeat(41));
        }

        @Test
        @DisplayName("refuse a link that none can hold")
        void tooLong() {
            assertThat(QrCode.of("x".repeat(2_900)).svg()).contains("viewBox=\"0 0 185 185\"");
            assertThatThrownBy(() -> QrCode.of("x".repeat(3_000)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("by reference");
        }
    }

    private static CredentialOffer read(String json) {
        return Json.readObject(json).read(CredentialOffer::read);
    }
}
