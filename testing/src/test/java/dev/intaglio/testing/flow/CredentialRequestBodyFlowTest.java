package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestCredentialRequest;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("§8.2, §8.3.1.2 The body of a Credential Request")
class CredentialRequestBodyFlowTest {
    private final TestIssuer issuer = TestIssuer.create();
    private final TestWallet wallet = issuer.wallet();
    private final TokenResponse token =
            wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token();

    /// `@` stands for the members of a complete request.
    static Stream<Arguments> malformed() {
        return Stream.of(
                body("nothing", ""),
                body("no JSON", "s3cret"),
                body("half an object", "{@"),
                body("an array", "[{@}]"),
                body("a string", "\"s3cret\""),
                body("null", "null"),
                body("a comment", "{/* s3cret */@}"),
                body("a comma too much", "{@,}"),
                body("single quotes", "{@,'s3cret':'s3cret'}"),
                body("a name without quotes", "{@,s3cret:1}"),
                body("something after the object", "{@} {}"),
                body("a member twice", "{\"credential_configuration_id\":\"s3cret\",@}"),
                body("an unknown member twice", "{@,\"x\":1,\"x\":1}"),
                body("a member twice, deep inside", "{@,\"x\":[{\"y\":1,\"y\":2}]}"),
                body("arrays in arrays, without end", "{@,\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"),
                body("objects in objects, forty deep", "{@,\"x\":" + "{\"x\":".repeat(40) + "1" + "}".repeat(41)),
                body("a megabyte", "{@,\"x\":\"" + "x".repeat(1 << 20) + "\"}"),
                body("a number of a thousand digits", "{@,\"x\":" + "1".repeat(1000) + "}"),
                body("a name of a kilobyte or two", "{@,\"" + "x".repeat(2000) + "\":1}"),
                body("a control character", "{@,\"x\":\"\t\"}"),
                body("a number with a leading zero", "{@,\"x\":01}"),
                body("NaN", "{@,\"x\":NaN}"));
    }

    private static Arguments body(String name, String text) {
        return Arguments.of(named(name, text));
    }

    private byte[] complete(String text) {
        var members = "\"credential_configuration_id\":\"" + TestIssuer.PID + "\",\"proofs\":{\"jwt\":[\""
                + wallet.keyProof() + "\"]}";
        return text.replace("@", members).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @Requirement({"CI-ERR-2", "CI-ERR-3", "CI-ERR-10"})
    @DisplayName("that is no JSON object we read: invalid_credential_request")
    void malformed(String text) {
        var refused = request()
                .http(http -> http.withBody("application/json", complete(text)))
                .send();
        assertRefused(refused, 400, "invalid_credential_request");
        assertThat(refused.bodyText()).doesNotContain("s3cret", "xxxx", "1111");
        stillIssues();
    }

    @ParameterizedTest
    @Requirement("CI-CRED-10")
    @DisplayName("may be written in many ways")
    @ValueSource(
            strings = {
                "{@}",
                " \n\t{@}\r\n ",
                "{@,\"x\":[[[[{}]]]],\"y\":1e3,\"z\":\"\\u00e4\\ud83d\\ude00\"}",
                "{\"x\":null,@}"
            })
    void wellFormed(String text) {
        assertThat(request()
                        .http(http -> http.withBody("application/json", complete(text)))
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Requirement("CI-ERR-3")
    @DisplayName("with bytes that are not UTF-8: invalid_credential_request")
    void notUtf8() {
        var bytes = complete("{@,\"x\":\"??\"}");
        bytes[bytes.length - 3] = (byte) 0xfe;
        bytes[bytes.length - 4] = (byte) 0xff;
        assertRefused(
                request().http(http -> http.withBody("application/json", bytes)).send(),
                400,
                "invalid_credential_request");
        stillIssues();
    }

    @Test
    @Requirement({"CI-CRED-3", "CI-ERR-3"})
    @DisplayName("of another media type, or of none: invalid_credential_request")
    void mediaType() {
        for (var type : List.of(
                "application/x-www-form-urlencoded",
                "text/plain",
                "application/jwt",
                "application/json-patch+json",
                "")) {
            assertRefused(
                    request().http(http -> http.withBody(type, http.body())).send(), 400, "invalid_credential_request");
        }
        stillIssues();
    }

    @Test
    @Requirement("CI-CRED-3")
    @DisplayName("may name its charset, and its media type in any letter case")
    void charset() {
        for (var type : List.of("application/json; charset=utf-8", "Application/JSON;charset=UTF-8")) {
            assertThat(request()
                            .http(http -> http.withBody(type, http.body()))
                            .send()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    @Requirement("CI-CRED-10")
    @DisplayName("may hold members of older drafts and others nobody knows: a complete request keeps its meaning")
    void strayMembers() {
        var credential = request()
                .body(body -> body.with("format", "mso_mdoc")
                        .with("vct", "urn:intaglio:diploma:1")
                        .with("doctype", "org.iso.18013.5.1.mDL")
                        .with("proof", Map.of("proof_type", "jwt", "jwt", "a.b.c"))
                        .with("credential_definition", Map.of("type", List.of("X")))
                        .with("claims", Map.of())
                        .with("issuer_state", "s")
                        .with("credential_identifiers", List.of("x"))
                        .with("foo", null))
                .credential();
        assertThat(credential).isNotEmpty();
        assertThat(issuer.stores().issued())
                .singleElement()
                .satisfies(record -> assertThat(record.configurationId()).isEqualTo(TestIssuer.PID));
    }

    @Test
    @Requirement({"CI-CRED-10", "CI-ERR-3"})
    @DisplayName("made of members of older drafts alone is incomplete: invalid_credential_request")
    void olderDraft() {
        var older =
                "{\"format\":\"vc+sd-jwt\",\"vct\":\"urn:eudi:pid:1\",\"proof\":{\"proof_type\":\"jwt\",\"jwt\":\"a.b.c\"}}";
        assertRefused(
                request()
                        .http(http -> http.withBody("application/json", older.getBytes(StandardCharsets.UTF_8)))
                        .send(),
                400,
                "invalid_credential_request");
        stillIssues();
    }

    @Test
    @Requirement("CI-CRED-1")
    @DisplayName("comes by POST; another method is 405")
    void methods() {
        var response = request()
                .http(http -> new Request("PUT", http.uri(), http.headers(), http.body(), Optional.empty()))
                .send();
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("Allow")).contains("POST");
    }

    private TestCredentialRequest request() {
        return wallet.request(token, TestIssuer.PID);
    }

    private void stillIssues() {
        assertThat(request().credential()).isNotEmpty();
    }
}
