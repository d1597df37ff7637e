package dev.intaglio.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.issuer.offer.OfferRequest;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.protocol.offer.Grants;
import dev.intaglio.requirements.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/// An application with nothing set but what these files say, and the wallet that the suite's file beside them describes.
@DisplayName("The files in conformance/")
class ConformanceFilesTest {
    private static final String ERIKA = "erika";

    @TempDir
    private Path directory;

    private void run(String file, Consumer<AssertableWebApplicationContext> test) {
        new WebApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(AutoConfigurations.of(IntaglioAutoConfiguration.class))
                .withBean(UserInteraction.class, () -> new UserInteraction.AutoApproval(ERIKA))
                .withPropertyValues(
                        "spring.config.additional-location=file:../conformance/" + file,
                        "config-directory=../conformance",
                        "intaglio.data-directory=" + directory)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    test.accept(context);
                });
    }

    private static JsonObject suite(String file) {
        try {
            return ConformanceWallet.suite(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static ConformanceWallet attested(AssertableWebApplicationContext context, String client) {
        return new ConformanceWallet(context, suite("suite-haip.json"), client, true);
    }

    private void haip(Consumer<ConformanceWallet> test) {
        run("haip.yaml", context -> test.accept(attested(context, "client")));
    }

    private static void assertRefused(Response response, int status, String error) {
        assertThat(response.status()).as(response.bodyText()).isEqualTo(status);
        assertThat(response.bodyObject().string("error")).isEqualTo(error);
    }

    private static String credential(ConformanceWallet wallet, TokenResponse token) {
        return String.valueOf(
                wallet.holder().request(token, wallet.configurationId()).credential());
    }

    @Nested
    @DisplayName("haip.yaml: one switch, and everything HAIP demands is so")
    class Haip {
        @Test
        @Requirement({"HAIP-1", "HAIP-2", "HAIP-4", "HAIP-W-1", "HAIP-AS-6", "HAIP-AS-11", "HAIP-CI-3"})
        @DisplayName("a wallet gets a credential by scope and refreshes by a token that stays the same")
        void wholeFlow() {
            haip(wallet -> {
                var token = wallet.tokens(wallet.redeeming(wallet.code(wallet.askingByScope())));
                assertThat(token.tokenType()).isEqualTo("DPoP");
                assertThat(token.authorizationDetails()).isEmpty();
                assertThat(credential(wallet, token)).contains("~");
                var refreshing = Form.empty()
                        .with("grant_type", "refresh_token")
                        .with("scope", wallet.scope())
                        .with("refresh_token", token.refreshToken().orElseThrow());
                for (var time = 0; time < 2; time++) {
                    var again = wallet.tokens(refreshing);
                    assertThat(again.refreshToken()).isEmpty();
                    assertThat(credential(wallet, again)).contains("~");
                }
            });
        }

        @Test
        @Requirement({"HAIP-CI-15", "HAIP-CI-10", "HAIP-CI-11", "HAIP-10", "CI-PRIV-1"})
        @DisplayName(
                "the credential has a chain without anchor, whose leaf is not self-signed, rounded times, and SHA-256 digests")
        void chainAndTimes() {
            haip(wallet -> {
                var token = wallet.tokens(wallet.redeeming(wallet.code(wallet.askingByScope())));
                var credential = credential(wallet, token);
                var jwt = SignedJwt.parse(credential.substring(0, credential.indexOf('~')));
                var chain = X5c.parse(jwt.headerChain().orElseThrow());
                assertThat(chain).isNotEmpty().noneMatch(ConformanceFilesTest::selfSigned);
                for (var time : List.of("iat", "nbf", "exp")) {
                    assertThat(jwt.claims().integer(time) % Duration.ofHours(1).toSeconds())
                            .as(time)
                            .isZero();
                }
                assertThat(jwt.claims().object("cnf").has("jwk")).isTrue();
                assertThat(jwt.claims().string("_sd_alg")).isEqualTo("sha-256");
                var disclosure = credential.split("~", -1)[1];
                assertThat(jwt.claims().text())
                        .contains(SignedJwt.sha256(disclosure.getBytes(StandardCharsets.US_ASCII)));
            });
        }

        @Test
        @Requirement({"HAIP-5", "HAIP-7", "HAIP-8", "CI-OFFER-6", "CI-CRED-16"})
        @DisplayName("an offer's issuer_state serves a second wallet, and each token several credential requests")
        void offer() {
            run("haip.yaml", context -> {
                var offer = context.getBean(CredentialIssuer.class)
                        .offers()
                        .create(OfferRequest.toSignIn(
                                Optional.of(ERIKA),
                                List.of(attested(context, "client").configurationId()),
                                Duration.ofMinutes(10)));
                assertThat(offer.linkByReference()).startsWith("haip-vci://");
                var state = offer.offer()
                        .grants()
                        .authorizationCode()
                        .flatMap(Grants.AuthorizationCode::issuerState)
                        .orElseThrow();
                for (var client : List.of("client", "client2")) {
                    var wallet = attested(context, client);
                    var asking = wallet.askingByScope().with("issuer_state", state);
                    var token = wallet.tokens(wallet.redeeming(wallet.code(asking)));
                    var first = credential(wallet, token);
                    assertThat(credential(wallet, token)).isNotEqualTo(first);
                }
            });
        }

        @Test
        @Requirement({"AS-RAR-1", "AS-TOKEN-9", "AS-TOKEN-10"})
        @DisplayName(
                "authorization_details do alone, without scope and locations, and come back with the standard's members")
        void authorizationDetails() {
            haip(wallet -> {
                var details = Json.writeString(
                        List.of(AuthorizationDetail.of(wallet.configurationId()).write()));
                assertThat(details).doesNotContain("locations");
                var asking = wallet.asking().with("authorization_details", details);
                var answer = wallet.token(wallet.redeeming(wallet.code(asking))).bodyObject();
                assertThat(answer.objects("authorization_details").getFirst().members())
                        .containsOnlyKeys("type", "credential_configuration_id", "credential_identifiers");
                assertThat(credential(wallet, TokenResponse.read(answer))).contains("~");
            });
        }

        @Test
        @Requirement({"AS-AUTHZ-4", "AS-AUTHZ-6", "AS-PAR-3", "HAIP-AS-8"})
        @DisplayName("what stands beside the request_uri at the authorization endpoint is ignored")
        void outsideThePushedRequest() {
            haip(wallet -> {
                var outside = Form.empty()
                        .with("state", "another")
                        .with("redirect_uri", "https://elsewhere.example/cb")
                        .with("response_type", "token")
                        .with("scope", "everything")
                        .with("code_challenge_method", "plain");
                var response = wallet.open(wallet.requestUri(wallet.askingByScope()), outside);
                assertThat(response.header("Location").orElseThrow()).startsWith(ConformanceWallet.REDIRECT);
                var success = (AuthorizationResponse.Success) wallet.answer(response);
                assertThat(success.state()).contains(ConformanceWallet.STATE);
                assertThat(success.issuer()).contains(ConformanceWallet.ISSUER.toString());
            });
        }

        @Test
        @Requirement({"HAIP-AS-7", "AS-PAR-2", "AS-PKCE-1"})
        @DisplayName("a wrong request is refused where it is pushed, before any browser is sent anywhere")
        void refusedWhenPushed() {
            haip(wallet -> {
                var asking = wallet.askingByScope();
                assertRefused(wallet.push(without(asking, "redirect_uri")), 400, "invalid_request");
                assertRefused(wallet.push(without(asking, "code_challenge")), 400, "invalid_request");
                assertRefused(wallet.push(asking.with("code_challenge_method", "plain")), 400, "invalid_request");
                assertRefused(
                        wallet.push(asking.with("response_type", "code id_token")), 400, "unsupported_response_type");
                assertRefused(wallet.push(asking.with("request_uri", "urn:x")), 400, "invalid_request");
                assertRefused(wallet.push(asking.with("issuer_state", "made-up")), 400, "invalid_request");
                assertRefused(wallet.push(asking.with("dpop_jkt", "short")), 400, "invalid_request");
            });
        }

        @Test
        @Requirement({"HAIP-AS-2", "HAIP-AS-7", "AS-PAR-1"})
        @DisplayName(
                "nobody gets anywhere without authentication: not at the pushed request, not at the token endpoint")
        void unauthenticated() {
            run("haip.yaml", context -> {
                var wallet = attested(context, "client");
                for (var path : List.of("/par", "/token")) {
                    var form = path.equals("/par") ? wallet.askingByScope() : wallet.redeeming("a-code");
                    var plain = Request.post(ConformanceWallet.ISSUER.resolve(path), form);
                    assertRefused(wallet.handler().handle(plain), 401, "invalid_client");
                }
                // Nor with the code of an offer.
                var offer = context.getBean(CredentialIssuer.class)
                        .offers()
                        .create(new OfferRequest(
                                ERIKA, List.of(wallet.configurationId()), Optional.empty(), Duration.ofMinutes(5)));
                var code =
                        offer.offer().grants().preAuthorizedCode().orElseThrow().code();
                var redeeming = Form.empty()
                        .with("grant_type", "urn:ietf:params:oauth:grant-type:pre-authorized_code")
                        .with("pre-authorized_code", code);
                assertRefused(
                        wallet.handler().handle(Request.post(ConformanceWallet.ISSUER.resolve("/token"), redeeming)),
                        401,
                        "invalid_client");
                assertThat(wallet.tokens(redeeming).tokenType()).isEqualTo("DPoP");
            });
        }

        @Test
        @Requirement("HAIP-AS-12")
        @DisplayName("codes, references and tokens have 256 random bits, and the server's keys are on P-256")
        void strength() {
            haip(wallet -> {
                var requestUri = wallet.requestUri(wallet.askingByScope());
                var code = wallet.code(wallet.askingByScope());
                var refreshToken =
                        wallet.tokens(wallet.redeeming(code)).refreshToken().orElseThrow();
                assertThat(requestUri.substring(requestUri.lastIndexOf(':') + 1))
                        .matches("[A-Za-z0-9_-]{43}");
                assertThat(code).matches("[A-Za-z0-9_-]{43}");
                assertThat(refreshToken).matches("[A-Za-z0-9_-]{43}");
                assertThat(wallet.code(wallet.askingByScope())).isNotEqualTo(code);
                var jwks = wallet.handler().handle(Request.get(ConformanceWallet.ISSUER.resolve("/jwks")));
                assertThat(jwks.bodyObject().objects("keys"))
                        .isNotEmpty()
                        .allSatisfy(key -> assertThat(key.string("crv")).isEqualTo("P-256"));
            });
        }

        @Test
        @Requirement("AS-PAR-5")
        @DisplayName("a request_uri that was used before is told to the client, not to the person at the browser")
        void usedRequestUri() {
            haip(wallet -> {
                var requestUri = wallet.requestUri(wallet.askingByScope());
                assertThat(wallet.answer(wallet.open(requestUri, Form.empty())))
                        .isInstanceOf(AuthorizationResponse.Success.class);
                var again = (AuthorizationResponse.Failure) wallet.answer(wallet.open(requestUri, Form.empty()));
                assertThat(again.error()).isEqualTo("invalid_request_uri");
                assertThat(again.state()).contains(ConformanceWallet.STATE);
            });
        }

        @Test
        @Requirement({"HAIP-CI-2", "HAIP-CI-4", "HAIP-CI-5", "HAIP-AS-1", "HAIP-3", "HAIP-11"})
        @DisplayName("the metadata says all of it")
        void metadata() {
            run("haip.yaml", context -> {
                var issuer = context.getBean(CredentialIssuer.class).metadata();
                assertThat(issuer.nonceEndpoint()).isPresent();
                assertThat(issuer.batchSize()).isPresent();
                assertThat(issuer.configurations().values())
                        .isNotEmpty()
                        .allSatisfy(configuration ->
                                assertThat(configuration.scope()).isPresent());
                var server = context.getBean(AuthorizationServer.class).metadata();
                assertThat(server.requirePushedAuthorizationRequests()).isTrue();
                assertThat(server.tokenEndpointAuthMethods()).containsExactly("attest_jwt_client_auth");
                assertThat(server.clientAttestationSigningAlgorithms()).contains("ES256");
                assertThat(server.dpopSigningAlgorithms()).contains("ES256");
                assertThat(server.authorizationResponseIssParameter()).isTrue();
            });
        }
    }

    @Nested
    @DisplayName("plain.yaml: the suite's clients by their keys, or attested")
    class Plain {
        @Test
        @Requirement({"AS-META-11", "AS-META-17"})
        @DisplayName("both clients get a credential either way, with authorization details")
        void wholeFlow() {
            run("plain.yaml", context -> {
                for (var client : List.of("client", "client2")) {
                    for (var attested : List.of(true, false)) {
                        // A client that is registered with keys does not authenticate by attestation.
                        var file = attested ? "suite-haip.json" : "suite-plain.json";
                        var wallet = new ConformanceWallet(context, suite(file), client, attested);
                        var token = wallet.tokens(wallet.redeeming(wallet.code(wallet.askingByScope())));
                        assertThat(credential(wallet, token)).contains("~");
                    }
                }
            });
        }
    }

    private static Form without(Form form, String name) {
        var left = Form.empty();
        for (var each : List.of(
                "response_type",
                "client_id",
                "redirect_uri",
                "state",
                "scope",
                "code_challenge",
                "code_challenge_method")) {
            if (!each.equals(name)) {
                left = left.with(each, form.value(each));
            }
        }
        return name.equals("code_challenge") ? without(left, "code_challenge_method") : left;
    }

    private static boolean selfSigned(X509Certificate certificate) {
        try {
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException signedByAnother) {
            return false;
        }
    }
}
