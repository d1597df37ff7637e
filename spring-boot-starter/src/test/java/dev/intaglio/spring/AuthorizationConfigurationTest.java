package dev.intaglio.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.Pem;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.requirements.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

@DisplayName("Settings of the authorization server")
class AuthorizationConfigurationTest {
    private static final SigningKey KEY = SigningKey.generate(JWSAlgorithm.ES256);

    @TempDir
    private Path directory;

    private WebApplicationContextRunner application = new WebApplicationContextRunner();
    private WebApplicationContextRunner haip = application;

    @BeforeEach
    void configure() throws IOException {
        var attesters = directory.resolve("attesters.pem");
        var ca = DevelopmentCa.create("Attesters", Clock.systemUTC(), new SecureRandom());
        Files.writeString(attesters, Pem.write(List.of(ca.anchor())));
        application = application
                .withConfiguration(AutoConfigurations.of(IntaglioAutoConfiguration.class))
                .withBean(UserInteraction.class, () -> new UserInteraction.AutoApproval("erika"))
                .withPropertyValues("intaglio.data-directory=" + directory);
        haip = application.withPropertyValues(
                "intaglio.profile=haip", "intaglio.wallet-providers[0].certificates=" + attesters);
    }

    private static String publicJwks() {
        return new JWKSet(KEY.publicJwk()).toString();
    }

    @Test
    @DisplayName("the code flow is there as soon as somebody asks the users, with refresh tokens")
    void codeFlow() {
        application.run(context -> {
            var metadata = context.getBean(AuthorizationServer.class).metadata();
            assertThat(metadata.grantTypes())
                    .containsExactly(Grant.AUTHORIZATION_CODE, Grant.PRE_AUTHORIZED_CODE, Grant.REFRESH_TOKEN);
            assertThat(metadata.requirePushedAuthorizationRequests()).isFalse();
            assertThat(metadata.tokenEndpointAuthMethods()).containsExactly("none");
        });
    }

    @Test
    @DisplayName("settings of the code flow reach the server")
    void settings() {
        application
                .withPropertyValues(
                        "intaglio.authorization-code.pushed-only=true",
                        "intaglio.authorization-code.refresh-token-lifetime=0",
                        "intaglio.public-clients=false",
                        "intaglio.clients[0].client-id=wallet",
                        "intaglio.clients[0].jwks=" + publicJwks())
                .run(context -> {
                    var metadata = context.getBean(AuthorizationServer.class).metadata();
                    assertThat(metadata.grantTypes()).doesNotContain(Grant.REFRESH_TOKEN);
                    assertThat(metadata.requirePushedAuthorizationRequests()).isTrue();
                    assertThat(metadata.tokenEndpointAuthMethods()).containsExactly("private_key_jwt");
                    assertThat(metadata.preAuthorizedGrantAnonymousAccess()).isFalse();
                });
    }

    @Nested
    @DisplayName("clients")
    class Clients {
        @Test
        @DisplayName("have a name, addresses, and the method their keys imply")
        void registered() throws IOException {
            var file = Files.writeString(directory.resolve("jwks.json"), publicJwks());
            application
                    .withPropertyValues(
                            "intaglio.clients[0].client-id=signing",
                            "intaglio.clients[0].name=Signing Wallet",
                            "intaglio.clients[0].redirect-uris[0]=https://wallet.example/cb",
                            "intaglio.clients[0].jwks-file=" + file,
                            "intaglio.clients[1].client-id=public",
                            "intaglio.clients[1].redirect-uris[0]=https://public.example/cb",
                            "intaglio.clients[2].client-id=attested",
                            "intaglio.clients[2].authentication=attestation")
                    .run(context -> {
                        var clients = context.getBean(RegisteredClients.class);
                        var signing = clients.find("signing").orElseThrow();
                        assertThat(signing.name()).hasValue("Signing Wallet");
                        assertThat(signing.redirectUris()).containsExactly("https://wallet.example/cb");
                        assertThat(signing.method()).isInstanceOf(RegisteredClient.Method.PrivateKeyJwt.class);
                        assertThat(clients.find("public").orElseThrow().method())
                                .isInstanceOf(RegisteredClient.Method.None.class);
                        assertThat(clients.find("attested").orElseThrow().method())
                                .isInstanceOf(RegisteredClient.Method.Attestation.class);
                    });
        }

        @Test
        @DisplayName("that hand over a private key are told to keep it, and the key is not quoted")
        void privateKey() throws JOSEException {
            var set = new JWKSet(new ECKeyGenerator(Curve.P_256).generate()).toString(false);
            application
                    .withPropertyValues("intaglio.clients[0].client-id=wallet", "intaglio.clients[0].jwks=" + set)
                    .run(context -> assertThat(context.getStartupFailure())
                            .rootCause()
                            .hasMessageContaining("private key")
                            .hasMessageNotContaining("\"d\""));
        }
    }

    @Nested
    @DisplayName("profile haip")
    class Haip {
        @Test
        @Requirement({"HAIP-AS-2", "HAIP-AS-7", "HAIP-3", "HAIP-4", "AS-META-14"})
        @DisplayName("needs nothing but a wallet provider: the metadata says what is demanded")
        void oneSwitch() {
            haip.run(context -> {
                var metadata = context.getBean(AuthorizationServer.class).metadata();
                assertThat(metadata.requirePushedAuthorizationRequests()).isTrue();
                assertThat(metadata.tokenEndpointAuthMethods()).containsExactly("attest_jwt_client_auth");
                assertThat(metadata.codeChallengeMethods()).containsExactly("S256");
                assertThat(metadata.dpopSigningAlgorithms()).contains("ES256");
                assertThat(metadata.preAuthorizedGrantAnonymousAccess()).isFalse();
                assertThat(metadata.authorizationResponseIssParameter()).isTrue();
            });
        }

        @ParameterizedTest
        @CsvSource({
            "intaglio.dpop,optional",
            "intaglio.public-clients,true",
            "intaglio.anonymous-access,true",
            "intaglio.authorization-code.pushed-only,false",
            "intaglio.authorization-code.pkce-required,false",
            "intaglio.authorization-code.any-assertion-audience,true"
        })
        @DisplayName("does not start with a setting against it, and names it and the way out")
        void contradiction(String key, String value) {
            haip.withPropertyValues(key + "=" + value)
                    .run(context -> assertThat(context.getStartupFailure())
                            .rootCause()
                            .hasMessageStartingWith(key + " is ")
                            .hasMessageContaining("remove it, or set intaglio.profile=plain"));
        }

        @Test
        @DisplayName("does not start if no wallet could authenticate")
        void nobody() {
            application
                    .withPropertyValues("intaglio.profile=haip")
                    .run(context -> assertThat(context.getStartupFailure())
                            .rootCause()
                            .hasMessageContaining("intaglio.wallet-providers"));
        }

        @Test
        @Requirement("HAIP-AS-4")
        @DisplayName("takes no wallet provider without certificates")
        void providerByKey() {
            application
                    .withPropertyValues("intaglio.profile=haip", "intaglio.wallet-providers[0].jwks=" + publicJwks())
                    .run(context -> assertThat(context.getStartupFailure())
                            .rootCause()
                            .hasMessageContaining("certificates, not jwks"));
        }

        @Test
        @Requirement("HAIP-CI-15")
        @DisplayName("does not start with a key for credentials that nobody vouches for")
        void keys() {
            haip.withBean(KeyRing.class, () -> KeyRing.of(KEY))
                    .run(context -> assertThat(context.getStartupFailure())
                            .rootCause()
                            .hasMessageContaining("certificate chain (HAIP 6.1.1)"));
        }

        @ParameterizedTest
        @CsvSource({"jwks, false", "did:web, false", "x5c, true"})
        @Requirement("HAIP-CI-15")
        @DisplayName("does not start with a type whose SD-JWT VCs show no certificate")
        void issuerKey(String way, boolean starts) throws IOException {
            Files.writeString(
                    Files.createDirectory(directory.resolve("types")).resolve("card.yaml"), """
                    id: card
                    display: [{locale: en, name: Card}]
                    claims: [{path: [given_name]}]
                    formats:
                      dc+sd-jwt: {vct: "urn:example:card", issuer_key: "%s"}
                    source: {offer: true}
                    """.formatted(way));
            haip.withPropertyValues("intaglio.credentials=" + directory.resolve("types"))
                    .run(context -> {
                        if (starts) {
                            assertThat(context).hasNotFailed();
                        } else {
                            assertThat(context.getStartupFailure())
                                    .rootCause()
                                    .hasMessageStartingWith("card.yaml:5:")
                                    .hasMessageContaining("HAIP 6.1.1");
                        }
                    });
        }

        @Test
        @Requirement("HAIP-1")
        @DisplayName("does not start where nobody asks users")
        void noInteraction() {
            new WebApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(IntaglioAutoConfiguration.class))
                    .withPropertyValues(
                            "intaglio.data-directory=" + directory,
                            "intaglio.profile=haip",
                            "intaglio.wallet-providers[0].certificates=" + directory.resolve("attesters.pem"))
                    .run(context -> assertThat(context.getStartupFailure())
                            .rootCause()
                            .hasMessageContaining("UserInteraction"));
        }
    }
}
