package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.issuer.encryption.EncryptionPolicy;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.IssuerDisplay;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("§12.2.2 How metadata is asked for")
class MetadataNegotiationFlowTest {
    private static final URI ADDRESS = URI.create("https://issuer.example/.well-known/openid-credential-issuer");

    private final TestIssuer issuer = TestIssuer.builder()
            .signedMetadata()
            .encryption(EncryptionPolicy.OPTIONAL)
            .build();

    private static Response get(TestIssuer from, String header, String value) {
        return from.handler().handle(Request.get(ADDRESS).with(header, value));
    }

    @Nested
    @DisplayName("Accept")
    class Accept {
        @ParameterizedTest(name = "{0}: {1}")
        @Requirement({"CI-META-4", "CI-META-5", "CI-META-6", "HAIP-CI-1"})
        @DisplayName("decides between plain and signed; nobody is refused")
        @CsvSource(
                delimiter = '|',
                value = {
                    "application/json|application/json",
                    "application/jwt|application/jwt",
                    "APPLICATION/JWT|application/jwt",
                    "application/jwt, application/json;q=0.9|application/jwt",
                    "application/json;q=0.9, application/jwt|application/jwt",
                    "application/jwt;q=0.9, application/json|application/json",
                    "application/jwt, application/json|application/json",
                    "*/*|application/json",
                    "application/*|application/json",
                    "application/jwt, */*;q=0.1|application/jwt",
                    "application/jwt;q=0, */*|application/json",
                    "application/json;q=0, */*|application/jwt",
                    "application/jwt;q=9|application/json",
                    "text/html|application/json",
                    "application/jwtx|application/json"
                })
        void decides(String accept, String mediaType) {
            var answer = get(issuer, "Accept", accept);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.mediaType()).isEqualTo(mediaType);
            assertThat(answer.header("Vary")).contains("Accept, Accept-Language");
        }

        @Test
        @Requirement("CI-META-4")
        @DisplayName("is answered with plain JSON where no certificate vouches for a key")
        void unsigned() {
            assertThat(get(TestIssuer.create(), "Accept", "application/jwt").mediaType())
                    .isEqualTo("application/json");
        }
    }

    @Nested
    @DisplayName("§12.2.3 signed metadata")
    class Signed {
        @Test
        @Requirement({"CI-META-8", "CI-META-9", "CI-META-10"})
        @DisplayName("is typed, certified, about this issuer, and says all that the plain one does")
        void jwt() {
            var jwt = signed();
            assertThat(jwt.type()).contains("openidvci-issuer-metadata+jwt");
            assertThat(jwt.algorithm().getName()).isEqualTo("ES256");
            var chain = X5c.parse(jwt.headerChain().orElseThrow());
            assertThat(issuer.anchors().check(chain, issuer.clock().instant()))
                    .isInstanceOf(TrustAnchors.Trusted.class);
            assertThat(jwt.verifies(X5c.publicJwk(chain.getFirst()))).isTrue();
            var claims = jwt.claims();
            assertThat(claims.string("sub")).isEqualTo("https://issuer.example");
            assertThat(claims.integer("iat")).isEqualTo(TestIssuer.NOW.getEpochSecond());
            assertThat(claims.integer("exp")).isGreaterThan(claims.integer("iat"));
            var plain = get(issuer, "Accept", "application/json").bodyObject();
            assertThat(claims.without("iss").without("sub").without("iat").without("exp"))
                    .isEqualTo(plain);
        }

        private SignedJwt signed() {
            return SignedJwt.parse(get(issuer, "Accept", "application/jwt").bodyText(), JsonLimits.DOCUMENT);
        }

        @Test
        @Requirement("CI-META-9")
        @DisplayName("is the same for a while, new before it expires, and new with the keys for requests")
        void renewed() {
            var first = signed();
            issuer.clock().advance(Duration.ofMinutes(5));
            assertThat(signed().compact()).isEqualTo(first.compact());
            issuer.clock().advance(Duration.ofHours(1));
            var second = signed();
            assertThat(second.claims().integer("iat"))
                    .isGreaterThan(first.claims().integer("iat"));
            assertThat(second.claims().object("credential_request_encryption"))
                    .isEqualTo(first.claims().object("credential_request_encryption"));
            issuer.clock().advance(Duration.ofDays(1));
            assertThat(signed().claims().object("credential_request_encryption"))
                    .isNotEqualTo(first.claims().object("credential_request_encryption"));
        }
    }

    @Nested
    @DisplayName("caching")
    class Caching {
        @Test
        @Requirement("CI-META-3")
        @DisplayName("each form has a tag of its own; who has it already gets 304 and no body, until it changes")
        void tags() {
            var plain = get(issuer, "Accept", "application/json");
            var signed = get(issuer, "Accept", "application/jwt");
            var tag = plain.header("ETag").orElseThrow();
            assertThat(tag)
                    .matches("\"[A-Za-z0-9_-]{43}\"")
                    .isNotEqualTo(signed.header("ETag").orElseThrow());
            assertThat(plain.header("Cache-Control")).contains("public, max-age=300");
            for (var known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
                var answer = get(issuer, "If-None-Match", known);
                assertThat(answer.status()).isEqualTo(304);
                assertThat(answer.body()).isEmpty();
                assertThat(answer.header("ETag")).contains(tag);
            }
            assertThat(get(issuer, "If-None-Match", "\"other\"").status()).isEqualTo(200);
            issuer.clock().advance(Duration.ofDays(1));
            assertThat(get(issuer, "If-None-Match", tag).status()).isEqualTo(200);
        }
    }

    @Nested
    @DisplayName("Accept-Language")
    class AcceptLanguage {
        private static final String DEFINITION = """
                id: card
                display:
                  - {locale: en, name: Card}
                  - {locale: de-AT, name: Karte}
                  - {locale: fr, name: Carte}
                claims:
                  - {path: [given_name], display: {en: Given name, de-AT: Vorname}}
                  - {path: [family_name], display: {nl: Achternaam}}
                formats: {dc+sd-jwt: {vct: "urn:example:card:1"}}
                """;

        private final TestIssuer translated = TestIssuer.builder()
                .definitions(List.of(CredentialDefinition.read(DEFINITION, "card.yaml")))
                .credentialIssuerOptions(options -> options.display(List.of(
                        new IssuerDisplay(Optional.of("Issuer"), Optional.of("en"), Optional.empty()),
                        new IssuerDisplay(Optional.of("Aussteller"), Optional.of("de-AT"), Optional.empty()))))
                .signedMetadata()
                .build();

        @ParameterizedTest(name = "{0}: {1}")
        @Requirement("CI-META-7")
        @DisplayName("leaves the texts in these languages, and says which there are")
        @CsvSource(
                delimiter = '|',
                value = {
                    // What is shown in none of the languages asked for keeps all it has: a claim in Dutch, the issuer's
                    // name.
                    "en|en, nl",
                    "EN-us, en;q=0.5|en, nl",
                    "de|de-AT, nl",
                    "de-at|de-AT, nl",
                    "de-CH, en;q=0.1|en, nl",
                    "fr-CH-1996|de-AT, en, fr, nl",
                    "en, de;q=0.5|de-AT, en, nl",
                    "en, fr;q=0|en, nl"
                })
        void filtered(String wanted, String returned) {
            var answer = get(translated, "Accept-Language", wanted);
            assertThat(answer.header("Content-Language")).contains(returned);
            assertThat(String.join(", ", locales(answer.bodyObject()))).isEqualTo(returned);
            assertThat(answer.header("ETag"))
                    .isNotEqualTo(get(translated, "Accept", "*/*").header("ETag"));
        }

        @ParameterizedTest
        @Requirement("CI-META-7")
        @DisplayName("without a language of ours, or with any, leaves everything")
        @CsvSource(
                delimiter = '|',
                value = {"pt", "fr;q=0.9, *;q=0.5", "en;q=0", "*", "e", "-", ";;;", "en;q=2"})
        void everything(String wanted) {
            var answer = get(translated, "Accept-Language", wanted);
            assertThat(answer.header("Content-Language")).isEmpty();
            assertThat(answer.bodyObject())
                    .isEqualTo(translated.credentialIssuer().metadata().write());
        }

        @Test
        @Requirement("CI-META-7")
        @DisplayName("leaves all else as it is, and no array of texts becomes empty")
        void nothingElse() {
            var all = translated.credentialIssuer().metadata().write();
            var french = get(translated, "Accept-Language", "fr").bodyObject();
            assertThat(french.without("display").without("credential_configurations_supported"))
                    .isEqualTo(all.without("display").without("credential_configurations_supported"));
            assertThat(french.objects("display")).isEqualTo(all.objects("display"));
            var card = french.object("credential_configurations_supported").object("card_dc_sd_jwt");
            assertThat(card.object("credential_metadata").objects("display"))
                    .singleElement()
                    .satisfies(display -> assertThat(display.string("name")).isEqualTo("Carte"));
            assertThat(card.object("credential_metadata").objects("claims"))
                    .allSatisfy(claim -> assertThat(claim.objects("display")).isNotEmpty());
        }

        @Test
        @Requirement("CI-META-10")
        @DisplayName("does not change what is signed")
        void signedIsWhole() {
            var answer = translated
                    .handler()
                    .handle(Request.get(ADDRESS)
                            .with("Accept", "application/jwt")
                            .with("Accept-Language", "en"));
            assertThat(locales(SignedJwt.parse(answer.bodyText(), JsonLimits.DOCUMENT)
                            .claims()))
                    .containsExactly("de-AT", "en", "fr", "nl");
        }

        private Set<String> locales(JsonObject metadata) {
            var found = new TreeSet<String>();
            metadata.objects("display").forEach(one -> found.add(one.string("locale")));
            var card = metadata.object("credential_configurations_supported")
                    .object("card_dc_sd_jwt")
                    .object("credential_metadata");
            card.objects("display").forEach(one -> found.add(one.string("locale")));
            card.objects("claims")
                    .forEach(claim -> claim.objects("display").forEach(one -> found.add(one.string("locale"))));
            return found;
        }
    }
}
