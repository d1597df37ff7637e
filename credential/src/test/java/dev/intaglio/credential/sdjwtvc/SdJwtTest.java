package dev.intaglio.credential.sdjwtvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimsPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9901")
class SdJwtTest {
    private static final SigningKey KEY = SigningKey.generate(JWSAlgorithm.ES256);

    private static ProcessedPayload process(String payload, String... disclosures) {
        return process(payload, Stream.of(disclosures).map(Disclosure::parse).toList());
    }

    private static ProcessedPayload process(String payload, List<Disclosure> disclosures) {
        var jwt = SignedJwt.sign(JsonObject.empty(), Json.readObject(payload), KEY);
        return SdJwt.parse(SdJwt.assemble(jwt, disclosures)).process();
    }

    private static String sha256(Disclosure disclosure) {
        return disclosure.digest(HashAlgorithm.SHA_256);
    }

    @Nested
    @DisplayName("§4.2 Disclosures")
    class Disclosures {
        @ParameterizedTest
        @CsvSource({
            "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0, X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0",
            "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsImZhbWlseV9uYW1lIiwiTcO2Yml1cyJd, TZjouOTrBKEwUNjNDs9yeMzBoQn8FFLPaJjRRmAtwrM",
            "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNXHUwMGY2Yml1cyJd, BwU3T4PB1Wk6TbA1HUOm9XenJYLZfYtJGn8hMl77zwg"
        })
        @DisplayName("have the digests of the text as issued, however the same claim is spelled")
        void digests(String encoded, String digest) {
            var disclosure = Disclosure.parse(encoded);

            assertThat(sha256(disclosure)).isEqualTo(digest);
            assertThat(disclosure.name()).contains("family_name");
            assertThat(disclosure.value()).isEqualTo("Möbius");
            assertThat(disclosure.salt()).isEqualTo("_26bc4LT-ac6q2KI6cBW5es");
        }

        @Test
        @DisplayName("of array elements have no name")
        void element() {
            var disclosure = Disclosure.parse("WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0");

            assertThat(sha256(disclosure)).isEqualTo("w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs");
            assertThat(disclosure.name()).isEmpty();
            assertThat(disclosure.value()).isEqualTo("FR");
        }

        @Test
        @DisplayName("all have the digests that stand beside them in the RFC")
        void every() {
            var disclosures = Vectors.RFC9901.objects("disclosures");

            assertThat(disclosures)
                    .hasSizeGreaterThan(70)
                    .allSatisfy(one -> assertThat(sha256(Disclosure.parse(one.string("disclosure"))))
                            .isEqualTo(one.string("digest")));
        }

        @Test
        @DisplayName("read back as they were made, and tell nothing by toString")
        void made() {
            var disclosure = Disclosure.of("salt", "name", Map.of("a", List.of(1L, "ü")));

            assertThat(Disclosure.parse(disclosure.encoded())).isEqualTo(disclosure);
            assertThat(Disclosure.parse(Disclosure.ofElement("salt", true).encoded()))
                    .isEqualTo(Disclosure.ofElement("salt", true));
            assertThat(disclosure.toString()).doesNotContain("salt", "name", "ü");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[]",
                    "['s']",
                    "[1,2]",
                    "['s',1,2]",
                    "['s','n',1,2]",
                    "{}",
                    "'s'",
                    "null",
                    "",
                    "['s','n',{'a':1,'a':2}]"
                })
        @DisplayName("that are none are refused")
        void none(String json) {
            var bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            var encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

            assertThatThrownBy(() -> Disclosure.parse(encoded)).isInstanceOf(DisclosureException.class);
        }

        @Test
        @DisplayName("that are not base64url are refused")
        void notBase64() {
            assertThatThrownBy(() -> Disclosure.parse("WyJ+")).isInstanceOf(DisclosureException.class);
            assertThatThrownBy(() -> Disclosure.parse("")).isInstanceOf(DisclosureException.class);
        }
    }

    @Nested
    @DisplayName("Examples")
    class Examples {
        static Stream<String> sections() {
            return Vectors.RFC9901.objects("examples").stream().map(example -> example.string("section"));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("sections")
        @DisplayName("are signed by the key of A.5 and give the payload printed beside them")
        void example(String section) {
            var example = Vectors.RFC9901.objects("examples").stream()
                    .filter(one -> one.string("section").equals(section))
                    .findFirst()
                    .orElseThrow();
            var sdJwt = SdJwt.parse(example.string("sd_jwt"));

            assertThat(sdJwt.jwt().verifies(SignedJwt.publicKey(Vectors.RFC9901.object("issuer_key"))))
                    .isTrue();
            assertThat(sdJwt.compact()).isEqualTo(example.string("sd_jwt"));
            var processed = sdJwt.process();
            example.optionalObject("processed")
                    .ifPresent(expected -> assertThat(processed.claims()).isEqualTo(expected));
        }

        @Test
        @DisplayName("5.1 has all the claims the issuer began with, at the places disclosures have")
        void all() {
            var processed = SdJwt.parse(
                            Vectors.RFC9901.objects("examples").getFirst().string("sd_jwt"))
                    .process();

            assertThat(processed.claims().members())
                    .containsAllEntriesOf(Vectors.RFC9901.object("input_5_1").members());
            assertThat(processed.claims().members()).doesNotContainKeys("_sd", "_sd_alg");
            assertThat(processed.disclosed()).hasSize(10);
            assertThat(processed.disclosed().keySet().stream().map(ClaimsPath::toString))
                    .contains("nationalities[0]", "nationalities[1]", "address");
        }

        @Test
        @DisplayName("5.2 is a presentation with a Key Binding JWT")
        void presentation() {
            var examples = Vectors.RFC9901.objects("examples");

            assertThat(SdJwt.parse(examples.get(0).string("sd_jwt")).keyBindingJwt())
                    .isEmpty();
            assertThat(SdJwt.parse(examples.get(1).string("sd_jwt")).keyBindingJwt())
                    .isPresent();
        }

        @Test
        @DisplayName("6.1, 6.2 and 6.3 are flat, structured and recursive ways to disclose one address")
        void nested() {
            assertThat(Vectors.RFC9901.objects("nested")).hasSize(3).allSatisfy(example -> {
                var processed = process(
                        example.object("payload").text(),
                        example.strings("disclosures").toArray(String[]::new));
                assertThat(processed.claims().object("address"))
                        .isEqualTo(Vectors.RFC9901.object("nested_input").object("address"));
            });
        }

        @Test
        @DisplayName("OpenID4VCI A.3.4 is read, its nine digests all disclosed")
        void openId4Vci() {
            var sdJwt = SdJwt.parse(Vectors.OPENID4VCI.string("sd_jwt_vc"));

            assertThat(sdJwt.jwt().type()).contains("dc+sd-jwt");
            assertThat(sdJwt.jwt().verifies(SignedJwt.publicKey(Vectors.RFC9901.object("issuer_key"))))
                    .isTrue();
            assertThat(sdJwt.disclosures()).hasSize(9);
            var claims = sdJwt.process().claims();
            assertThat(claims.string("given_name")).isEqualTo("John");
            assertThat(claims.object("address").string("country")).isEqualTo("US");
            assertThat(claims.flag("is_over_65")).isTrue();
            assertThat(claims.string("vct")).isEqualTo("https://credentials.example.com/identity_credential");
        }
    }

    @Nested
    @DisplayName("§7.1 Verification of the SD-JWT")
    class Verification {
        private final Disclosure name = Disclosure.of("s1", "name", "Ada");
        private final Disclosure element = Disclosure.ofElement("s2", "x");

        private void refused(String message, String payload, Disclosure... disclosures) {
            assertThatThrownBy(() -> process(payload, List.of(disclosures)))
                    .isInstanceOf(DisclosureException.class)
                    .hasMessageContaining(message);
        }

        private String sd(Disclosure... disclosures) {
            return "\"_sd\":["
                    + String.join(
                            ",",
                            Stream.of(disclosures)
                                    .map(one -> "\"" + sha256(one) + "\"")
                                    .toList()) + "]";
        }

        private String dots(Disclosure disclosure) {
            return "{\"...\":\"" + sha256(disclosure) + "\"}";
        }

        @Test
        @DisplayName("a digest nobody discloses is ignored: it may be a decoy")
        void ignored() {
            var processed = process("{\"a\":{" + sd(name) + "},\"b\":[1," + dots(element) + ",2]}");

            assertThat(processed.claims().text()).isEqualTo("{\"a\":{},\"b\":[1,2]}");
        }

        @Test
        @DisplayName("_sd_alg names the hash; sha-256 if it is absent; an unknown one is refused")
        void algorithm() {
            var digest = name.digest(HashAlgorithm.SHA_512);

            assertThat(process("{\"_sd\":[\"" + digest + "\"],\"_sd_alg\":\"sha-512\"}", List.of(name))
                            .claims()
                            .string("name"))
                    .isEqualTo("Ada");
            refused("_sd_alg", "{" + sd(name) + ",\"_sd_alg\":\"md5\"}", name);
        }

        @Test
        @DisplayName("a member's disclosure has three elements, an array element's has two")
        void kinds() {
            refused("an array's element is disclosed as an object's member", "{" + sd(element) + "}", element);
            refused("an object's member is disclosed as an array's element", "{\"a\":[" + dots(name) + "]}", name);
        }

        @Test
        @DisplayName("a claim name that is _sd or ... is refused")
        void reservedNames() {
            for (var reserved : List.of("_sd", "...")) {
                var disclosure = Disclosure.of("s", reserved, List.of());
                refused("called _sd or ...", "{" + sd(disclosure) + "}", disclosure);
            }
        }

        @Test
        @DisplayName("a claim that exists at that level already is refused, whether in the clear or disclosed")
        void existing() {
            refused("is there already", "{\"name\":\"Bob\"," + sd(name) + "}", name);
            var again = Disclosure.of("s3", "name", "Bob");
            refused("is there already", "{" + sd(name, again) + "}", name, again);
        }

        @Test
        @DisplayName(
                "a digest that stands twice is refused, wherever its places are and whether anybody discloses it or not")
        void twice() {
            refused("twice", "{" + sd(name, name) + "}", name);
            refused("twice", "{" + sd(name) + ",\"a\":{" + sd(name) + "}}", name);
            var outer = Disclosure.of("s", "outer", Map.of("_sd", List.of(sha256(name))));
            refused("twice", "{" + sd(name, outer) + "}", name, outer);
            refused("twice", "{\"_sd\":[\"decoy\",\"decoy\"]}");
        }

        @Test
        @DisplayName("a disclosure without a digest is refused, as is one that is given twice")
        void unreferenced() {
            refused("no digest", "{\"a\":1}", name);
            refused("given twice", "{" + sd(name) + "}", name, name);
        }

        @Test
        @DisplayName("_sd is an array of strings; ... and _sd_alg stand where the RFC puts them and nowhere else")
        void misplaced() {
            refused("_sd is not an array of strings", "{\"_sd\":\"x\"}");
            refused("_sd is not an array of strings", "{\"_sd\":[1]}");
            refused("mean nothing", "{\"...\":\"x\"}");
            refused("mean nothing", "{\"a\":[{\"...\":\"x\",\"b\":1}]}");
            refused("mean nothing", "{\"a\":[{\"...\":1}]}");
            refused("mean nothing", "{\"a\":{\"_sd_alg\":\"sha-256\"}}");
        }

        @Test
        @DisplayName("disclosures may hold digests of disclosures, to a depth")
        void recursive() {
            var innermost = name;
            var disclosures = new ArrayList<>(List.of(innermost));
            for (var depth = 0; depth < 70; depth++) {
                innermost = Disclosure.of("s" + depth, "d", Map.of("_sd", List.of(sha256(innermost))));
                disclosures.add(innermost);
                if (depth == 50) {
                    assertThat(process("{" + sd(innermost) + "}", List.copyOf(disclosures))
                                    .disclosed())
                            .hasSize(52);
                }
            }
            refused("nested deeper", "{" + sd(innermost) + "}", disclosures.toArray(Disclosure[]::new));
        }
    }

    @Nested
    @DisplayName("§4 The compact form")
    class Compact {
        private final String jwt = SignedJwt.sign(JsonObject.empty(), JsonObject.empty(), KEY);

        @ParameterizedTest
        @ValueSource(strings = {"", "~", "a~", "a.b~", "a.b.c~", "~~~", "....~"})
        @DisplayName("is a JWT and what follows")
        void notOne(String text) {
            assertThatThrownBy(() -> SdJwt.parse(text)).isInstanceOf(JsonException.class);
        }

        @Test
        @DisplayName("has a ~ even without disclosures")
        void noTilde() {
            assertThatThrownBy(() -> SdJwt.parse(jwt)).isInstanceOf(JsonException.class);
            assertThat(SdJwt.parse(jwt + "~").disclosures()).isEmpty();
        }

        @Test
        @DisplayName("is bounded in length and number of disclosures")
        void bounded() {
            var disclosure = Disclosure.of("s", "n", 1L).encoded() + "~";
            assertThatThrownBy(() -> SdJwt.parse(jwt + "~" + disclosure.repeat(1_001)))
                    .hasMessageContaining("more than 1000 disclosures");
            assertThatThrownBy(() -> SdJwt.parse("a".repeat(4_200_000))).hasMessageContaining("longer than");
        }

        @Test
        @DisplayName("has one spelling: the unused bits of the signature's last letter are zero")
        void canonical() {
            var last = jwt.charAt(jwt.length() - 1);
            var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            var other = alphabet.charAt(alphabet.indexOf(last) + 1);

            assertThatThrownBy(() -> SdJwt.parse(jwt.substring(0, jwt.length() - 1) + other + "~"))
                    .hasMessageContaining("canonical");
        }
    }
}
