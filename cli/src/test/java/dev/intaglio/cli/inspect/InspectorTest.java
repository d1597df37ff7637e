package dev.intaglio.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.cli.inspect.Inspected.Verdict;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.keys.Pem;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Headers;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.statuslist.StatusList;
import dev.intaglio.statuslist.StatusListToken;
import dev.intaglio.statuslist.StatusReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InspectorTest {
    private static final String OFFER = """
            {"credential_issuer":"https://issuer.example","credential_configuration_ids":["badge"],
             "grants":{"urn:ietf:params:oauth:grant-type:pre-authorized_code":
               {"pre-authorized_code":"c0de","tx_code":{"length":6,"description":"See the letter"}}}}""";
    private static final String METADATA = """
            {"credential_issuer":"https://issuer.example","credential_endpoint":"https://issuer.example/credential",
             "nonce_endpoint":"https://issuer.example/nonce","display":[{"name":"Registry","locale":"en"}],
             "credential_configurations_supported":{"badge":{"format":"dc+sd-jwt","vct":"urn:example:badge",
               "cryptographic_binding_methods_supported":["jwk"],
               "proof_types_supported":{"jwt":{"proof_signing_alg_values_supported":["ES256"]}}}}}""";

    private final Samples samples = new Samples();

    private Inspected inspect(String text) {
        return new Inspector(Optional.empty(), Samples.NOW).inspect(text);
    }

    private Inspected verify(String text) {
        return verify(text, samples.anchors);
    }

    private static Inspected verify(String text, TrustAnchors anchors) {
        return new Inspector(Optional.of(anchors), Samples.NOW).inspect(text);
    }

    private static String read(Inspected inspected) {
        return inspected.tree().render();
    }

    @Nested
    @DisplayName("SD-JWT VC")
    class Credentials {
        @Test
        @DisplayName("claims are shown with their disclosures in place, and which of them can be kept back")
        void showsClaims() {
            var inspected = inspect(samples.credential());

            assertThat(inspected.kind()).isEqualTo("sd-jwt-vc");
            assertThat(read(inspected))
                    .startsWith("SD-JWT VC  ")
                    .contains("CN=Test issuer", "issuer   CN=Test authority")
                    .contains("type       urn:example:badge")
                    .contains("from 2026-11-21T07:00:00Z (now) until 2026-12-05T07:00:00Z (in 14 days)")
                    .contains("thumbprint " + DpopProof.thumbprint(samples.holder.publicJwk()))
                    .contains("index 7 of https://issuer.example/status/1")
                    .contains("3 disclosures")
                    .containsPattern("◇ address\\n.*fixed\\s+true\\n.*◇ country\\s+\"DE\"")
                    .containsPattern("─ \\[0]\\s+\"DE\"\\n.*◇ \\[1]\\s+\"FR\"")
                    .contains("2 digests without disclosure")
                    .contains("(--trust)");
            assertThat(inspected.details().strings("selectively_disclosable"))
                    .containsExactly("address", "address.country", "nationalities[1]");
            assertThat(inspected.details().integer("hidden_digests")).isEqualTo(2);
            assertThat(inspected.details().flag("verified")).isFalse();
            assertThat(inspected.verdict()).isEqualTo(Verdict.UNASKED);
        }

        @Test
        @DisplayName("with the right authority it is verified, with another rejected")
        void verifies() {
            var verified = verify(samples.credential());
            var rejected = verify(samples.credential(), new Samples().anchors);

            assertThat(verified.verdict()).isEqualTo(Verdict.VERIFIED);
            assertThat(verified.details().flag("verified")).isTrue();
            assertThat(rejected.verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(read(rejected)).contains("UNTRUSTED_ISSUER");
        }

        @Test
        @DisplayName("its status is said where it is asked for, and one that was revoked is rejected")
        void status() {
            assertThat(read(verify(samples.credential()))).contains("(--status)");
            assertThat(asking(0).verdict()).isEqualTo(Verdict.VERIFIED);
            assertThat(read(asking(0))).contains("its status list says that it is valid");
            assertThat(asking(1).verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(read(asking(1))).contains("REJECTED, REVOKED");
            assertThat(read(asking(2))).contains("REJECTED, SUSPENDED");
            assertThat(read(asking(3))).contains("REJECTED, STATUS_UNAVAILABLE");
        }

        private Inspected asking(int status) {
            var list = new StatusListToken(
                    URI.create("https://issuer.example/status/1"),
                    Samples.NOW,
                    Optional.empty(),
                    Optional.empty(),
                    StatusList.of(2, 1_024, index -> index == 7 ? status : 0),
                    Optional.empty());
            var reader = new StatusReader(
                    request -> new Response(
                            200,
                            Headers.of("Content-Type", StatusListToken.JWT),
                            list.jwt(samples.issuer).getBytes(StandardCharsets.US_ASCII)),
                    samples.anchors,
                    CredentialVerifiers.onClassPath(),
                    Clock.fixed(Samples.NOW, ZoneOffset.UTC));
            return new Inspector(
                            Optional.of(samples.anchors),
                            CredentialVerifiers.onClassPath().asking(reader::ask),
                            Samples.NOW)
                    .inspect(samples.credential());
        }

        @Test
        @DisplayName("whatever is changed in it, it is not verified, and not broken over either")
        void noticesChanges() {
            var credential = samples.credential();
            for (var i = 0; i < credential.length(); i += 7) {
                var changed = credential.substring(0, i)
                        + (credential.charAt(i) == 'A' ? 'B' : 'A')
                        + credential.substring(i + 1);
                assertThat(verify(changed).verdict()).as("changed at %d", i).isEqualTo(Verdict.REJECTED);
                assertThat(inspect(changed).details().flag("verified")).isFalse();
            }
        }

        @Test
        @DisplayName("a signature that is not by its certificate is wrong, whoever is trusted")
        void noticesWrongSignature() {
            var credential = samples.credential();
            var other = samples.sign("dc+sd-jwt", JsonObject.of(Map.of("vct", "other")));
            var forged = credential.substring(0, credential.indexOf('~')).replaceFirst("[^.]+$", "")
                    + other.substring(other.lastIndexOf('.') + 1) + "~";

            assertThat(read(inspect(forged))).contains("WRONG");
            assertThat(inspect(forged).verdict()).isEqualTo(Verdict.REJECTED);
        }

        @Test
        @DisplayName("one with a disclosure too many is shown as far as it goes, with what is broken")
        void showsBroken() {
            var broken = inspect(samples.credential() + "WyJzYWx0IiwibmFtZSIsIkFkYSJd~");

            assertThat(read(broken))
                    .contains(
                            "BROKEN",
                            "a disclosure has no digest",
                            "disclosure of the claim name",
                            "\"Ada\"",
                            "urn:example:badge");
            assertThat(broken.verdict()).isEqualTo(Verdict.REJECTED);
        }

        @Test
        @DisplayName("what a holder showed is shown with whom it was shown to")
        void showsKeyBinding() {
            var binding = SignedJwt.sign(
                    JsonObject.of(Map.of("typ", "kb+jwt")),
                    JsonObject.of(Map.of("aud", "https://shop.example")),
                    samples.holder);

            assertThat(read(inspect(samples.credential() + binding)))
                    .containsPattern("key binding.*\\n.*aud\\s+\"https://shop.example\"");
        }

        @Test
        @DisplayName("a disclosure alone is read")
        void readsDisclosure() {
            assertThat(read(inspect("WyJzYWx0IiwibmFtZSIsIkFkYSJd"))).contains("the claim name", "\"Ada\"");
        }
    }

    @Nested
    @DisplayName("mdoc")
    class Mdoc {
        @Test
        @DisplayName("elements, validity, holder and signer are shown, and nothing is believed unasked")
        void shows() {
            var inspected = inspect(samples.mdoc());

            assertThat(inspected.kind()).isEqualTo("mdoc");
            assertThat(read(inspected))
                    .contains("org.iso.18013.5.1.mDL", "birth_date", "2020-01-02", "CN=Test signer", "(--trust)");
            assertThat(inspected.verdict()).isEqualTo(Verdict.UNASKED);
            assertThat(inspected.details().string("holder_key_thumbprint"))
                    .isEqualTo(DpopProof.thumbprint(samples.holder.publicJwk()));
        }

        @Test
        @DisplayName("with the right authority it is verified, with another or with a change rejected")
        void verifies() {
            var mdoc = samples.mdoc();

            assertThat(verify(mdoc).verdict()).isEqualTo(Verdict.VERIFIED);
            assertThat(read(verify(mdoc, new Samples().anchors))).contains("UNTRUSTED_ISSUER");
            for (var i = 0; i < mdoc.length(); i += 41) {
                var changed = mdoc.substring(0, i) + (mdoc.charAt(i) == 'A' ? 'B' : 'A') + mdoc.substring(i + 1);
                assertThat(verify(changed).verdict()).as("changed at %d", i).isEqualTo(Verdict.REJECTED);
            }
        }
    }

    @Nested
    @DisplayName("JWT")
    class Jwts {
        @Test
        @DisplayName("the key proof of App. F.1 is a key proof")
        void readsKeyProof() throws IOException {
            try (var vector = InspectorTest.class.getResourceAsStream("openid4vci-1.0-f.1-key-proof.jwt")) {
                var inspected = inspect(new String(vector.readAllBytes(), StandardCharsets.US_ASCII));

                assertThat(inspected.kind()).isEqualTo("key-proof");
                assertThat(read(inspected))
                        .contains(
                                "https://credential-issuer.example.com",
                                "(3 years ago)",
                                "LarRGSbmUPYtRYO6BQ4yn8",
                                "by the key in its header");
            }
        }

        @Test
        @DisplayName("a DPoP proof is a DPoP proof")
        void readsDpopProof() {
            var inspected = inspect(samples.dpopProof());

            assertThat(inspected.kind()).isEqualTo("dpop-proof");
            assertThat(read(inspected))
                    .contains("htm", "POST", DpopProof.thumbprint(samples.holder.publicJwk()), "(now)");
        }

        @Test
        @DisplayName("an access token with a chain is checked like everything with a chain")
        void readsAccessToken() {
            var token = samples.sign("at+jwt", JsonObject.of(Map.of("aud", "https://issuer.example")));

            assertThat(inspect(token).kind()).isEqualTo("access-token");
            assertThat(verify(token).verdict()).isEqualTo(Verdict.VERIFIED);
            assertThat(verify(token, new Samples().anchors).verdict()).isEqualTo(Verdict.REJECTED);
        }

        @Test
        @DisplayName("unsigned and symmetric ones are read, and said to prove nothing")
        void readsUnsigned() {
            assertThat(read(inspect("eyJhbGciOiJub25lIn0.eyJhIjoxfQ."))).contains("anybody can have written this");
            assertThat(read(inspect("eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.AAAA")))
                    .contains("HS256, which is not verified here");
            assertThat(verify("eyJhbGciOiJub25lIn0.eyJhIjoxfQ.").verdict()).isEqualTo(Verdict.REJECTED);
        }

        @Test
        @DisplayName("of an encrypted one the header is read")
        void readsHeaderOfJwe() {
            assertThat(read(inspect("eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTI1NkdDTSJ9..AAAA.AAAA.AAAA")))
                    .contains("encrypted", "ECDH-ES");
        }
    }

    @Nested
    @DisplayName("Documents")
    class Documents {
        @Test
        @DisplayName("offers are read from JSON and from links of either kind")
        void readsOffers() {
            var byValue = "openid-credential-offer://?"
                    + Form.empty().with("credential_offer", OFFER).encoded();
            for (var text : List.of(OFFER, byValue)) {
                assertThat(inspect(text).kind()).isEqualTo("credential-offer");
                assertThat(read(inspect(text)))
                        .contains("https://issuer.example", "badge", "c0de", "6 digits: See the letter");
            }
            assertThat(read(inspect("haip-vci://?credential_offer_uri=https%3A%2F%2Fissuer.example%2Foffers%2F1")))
                    .contains("https://issuer.example/offers/1", "intaglio receive");
        }

        @Test
        @DisplayName("issuer metadata is summed up")
        void readsIssuerMetadata() {
            assertThat(read(inspect(METADATA)))
                    .contains("Registry (en)", "badge", "dc+sd-jwt", "urn:example:badge", "proof jwt", "ES256");
        }

        @Test
        @DisplayName("a credential response shows its credentials, and so does what demo --json printed")
        void looksInside() {
            var credential = samples.credential();
            var two = "{\"credentials\":[{\"credential\":\"%s\"},{\"credential\":\"%s\"}]}"
                    .formatted(credential, credential);

            assertThat(inspect("{\"credential\":\"" + credential + "\"}").kind())
                    .isEqualTo("sd-jwt-vc");
            assertThat(verify(two).verdict()).isEqualTo(Verdict.VERIFIED);
            assertThat(verify(two.replace(credential + "\"}]", "rubbish\"}]")).verdict())
                    .isEqualTo(Verdict.REJECTED);
            assertThat(read(inspect("{\"access_token\":\"opaque\",\"token_type\":\"DPoP\"}")))
                    .contains("Token response", "DPoP", "opaque");
        }

        @Test
        @DisplayName("keys are known by their thumbprints; a private one is named and not shown")
        void readsKeys() {
            var jwk = SignedJwt.jwk(samples.holder.publicJwk());
            var thumbprint = DpopProof.thumbprint(samples.holder.publicJwk());

            assertThat(read(inspect(jwk.text()))).contains(thumbprint);
            assertThat(read(inspect("{\"keys\":[" + jwk.text() + "]}"))).contains("1 key", thumbprint);
            var secret = read(inspect(jwk.with("d", "c2VjcmV0c2VjcmV0").text()));
            assertThat(secret).contains("PRIVATE").doesNotContain("c2VjcmV0");
        }

        @Test
        @DisplayName("certificates are read from PEM and from base64")
        void readsCertificates() {
            var pem = Pem.write(List.of(samples.issuer.chain().getFirst(), samples.ca.anchor()));
            var der = X5c.encode(List.of(samples.ca.anchor())).getFirst().toString();

            assertThat(read(inspect(pem)))
                    .contains(
                            "2 X.509 certificates",
                            "CN=Test issuer",
                            "itself",
                            "https://issuer.example",
                            "EC, 256 bits");
            assertThat(read(inspect(der))).contains("CN=Test authority");
        }

        @Test
        @DisplayName("other JSON is shown as it is")
        void readsJson() {
            assertThat(inspect("{\"a\":[1,{\"b\":null}],\"c\":{}}").kind()).isEqualTo("json");
        }
    }

    @Nested
    @DisplayName("Rubbish")
    class Rubbish {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                hello                                     | text of 5 characters
                https://issuer.example/offer/1            | an address
                eyJhbGciOiJFUzI1NiJ9                      | the first part of a JWT
                eyJhbGciOiJFUzI1NiJ9.e30                  | a JWT, but cannot be read
                openid-credential-offer://?credential_offer=%7B | a credential offer link, but cannot be read
                {"a":                                     | JSON, but cannot be read
                [1,2]                                     | a JSON array
                MIIBrubbish                               | a certificate or a key in base64, but cannot be read
                AAAAAAAAAAAAAAAAAAAAAAAA                  | base64 of about 18 bytes
                -----BEGIN PRIVATE KEY-----               | a PEM file
                """)
        @DisplayName("what is not recognised is said to look like something")
        void saysWhatItLooksLike(String text, String lookalike) {
            var inspected = inspect(text);

            assertThat(inspected.known()).isFalse();
            assertThat(inspected.verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(inspected.details().string("looks_like")).startsWith(lookalike);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " \n",
                    ".",
                    "..",
                    "~",
                    "a~",
                    ".~",
                    "a.b.c~~~~",
                    "{}",
                    "{\"keys\":[{}]}",
                    "{\"kty\":7}",
                    "?",
                    "a?credential_offer=",
                    "....",
                    "\u001b[2J",
                    "{\"credentials\":[7]}",
                    "{\"x\":1e99999}"
                })
        @DisplayName("nothing is too short or too strange")
        void survivesOddities(String text) {
            assertThat(read(inspect(text))).isNotBlank().doesNotContain("\u001b");
            assertThat(read(verify(text))).isNotBlank();
        }

        @Test
        @DisplayName("nothing is too long: many dots, many tildes, deep nesting")
        void survivesLength() {
            Stream.of("a.", "~", "[", "{\"a\":", "eyJ.", "W", "MI", "a.b.c~")
                    .map(piece -> piece.repeat(200_000))
                    .forEach(text -> assertThat(read(inspect(text))).isNotBlank());
        }

        @Test
        @DisplayName("no cut, swap or random change of anything recognised makes it throw")
        void survivesMutations() {
            var random = new Random(20261121);
            var base = List.of(
                    samples.credential(),
                    samples.dpopProof(),
                    OFFER,
                    METADATA,
                    Pem.write(List.of(samples.ca.anchor())),
                    "openid-credential-offer://?"
                            + Form.empty().with("credential_offer", OFFER).encoded(),
                    X5c.encode(List.of(samples.ca.anchor())).getFirst().toString());
            for (var i = 0; i < 3_000; i++) {
                var text = mutated(base.get(random.nextInt(base.size())), random);
                assertThat(read(inspect(text))).as(text).isNotBlank();
            }
        }

        @Test
        @DisplayName("no random claims in an otherwise readable JWT or SD-JWT make it throw")
        void survivesStrangeClaims() {
            var random = new Random(20261122);
            var names = List.of(
                    "iat",
                    "exp",
                    "nbf",
                    "cnf",
                    "vct",
                    "status",
                    "_sd",
                    "_sd_alg",
                    "...",
                    "jwk",
                    "x5c",
                    "alg",
                    "typ",
                    "kid",
                    "status_list",
                    "idx");
            for (var i = 0; i < 3_000; i++) {
                var header = "{\"alg\":\"ES256\"," + value(random, names, 3).substring(1);
                var jwt = base64(header.equals("{\"alg\":\"ES256\",}") ? "{\"alg\":\"ES256\"}" : header) + "."
                        + base64(value(random, names, 4)) + ".AAAA";
                var text = random.nextBoolean()
                        ? jwt
                        : jwt + "~" + base64("[\"s\",\"n\"," + value(random, names, 3) + "]") + "~";
                assertThat(read(verify(text))).as(text).isNotBlank();
            }
        }

        private static String value(Random random, List<String> names, int depth) {
            var members = Stream.generate(() -> names.get(random.nextInt(names.size())))
                    .limit(random.nextInt(5))
                    .distinct()
                    .filter(name -> !name.equals("alg"))
                    .map(name -> "\"" + name + "\":"
                            + switch (random.nextInt(depth > 0 ? 8 : 6)) {
                                case 0 -> "null";
                                case 1 -> "-1";
                                case 2 -> "99999999999999999999";
                                case 3 -> "1.5";
                                case 4 -> "\"text\"";
                                case 5 -> "[\"a\",{\"...\":\"b\"},7]";
                                default -> value(random, names, depth - 1);
                            })
                    .toList();
            return "{" + String.join(",", members) + "}";
        }

        private static String base64(String text) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        private static String mutated(String text, Random random) {
            var from = random.nextInt(text.length());
            var to = from + random.nextInt(Math.min(40, text.length() - from));
            return switch (random.nextInt(4)) {
                case 0 -> text.substring(0, from);
                case 1 -> text.substring(0, from) + text.substring(to);
                case 2 -> text.substring(0, from) + (char) random.nextInt(0x3000) + text.substring(to);
                default -> text.substring(0, to) + text.substring(from);
            };
        }
    }
}
