package dev.intaglio.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.development.DevelopmentKeys;
import dev.intaglio.protocol.oauth.Grant;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

class IntaglioAutoConfigurationTest {
    private static final String TICKET = """
            id: ticket
            display:
              - {locale: en, name: Ticket}
            claims:
              - {path: [seat], sd: never}
            formats:
              dc+sd-jwt: {vct: "urn:example:ticket:1"}
            """;

    @TempDir
    private Path directory;

    private WebApplicationContextRunner application = new WebApplicationContextRunner();

    @BeforeEach
    void configure() {
        application = application
                .withConfiguration(
                        AutoConfigurations.of(IntaglioAutoConfiguration.class, HealthAutoConfiguration.class))
                .withPropertyValues("intaglio.data-directory=" + directory);
    }

    @Test
    @DisplayName("without a property there is an issuer for this machine, with keys and a database of its own")
    void defaults() {
        application.run(context -> {
            var metadata = context.getBean(CredentialIssuer.class).metadata();
            assertThat(metadata.credentialIssuer()).hasToString("http://127.0.0.1:8080");
            assertThat(metadata.batchSize()).hasValue(10);
            assertThat(context.getBean(CredentialTypes.class).definitions())
                    .hasSameSizeAs(CredentialDefinitions.shipped());
            assertThat(context).hasSingleBean(HealthIndicator.class);
            assertThat(directory.resolve("intaglio.db")).exists();
            assertThat(directory.resolve("development-keys.p12")).exists();
        });
    }

    @Test
    @DisplayName("properties reach the builders")
    void properties() {
        application
                .withPropertyValues(
                        "intaglio.issuer=https://issuer.example/tenant",
                        "intaglio.batch-size=1",
                        "intaglio.dpop=off",
                        "intaglio.anonymous-access=false",
                        "intaglio.display[0].name=Hochschule Nord",
                        "intaglio.display[0].locale=de",
                        "intaglio.display[0].logo=https://issuer.example/logo.svg",
                        "intaglio.display[1].name=Northern University",
                        "intaglio.display[1].locale=en")
                .run(context -> {
                    var metadata = context.getBean(CredentialIssuer.class).metadata();
                    assertThat(metadata.credentialIssuer()).hasToString("https://issuer.example/tenant");
                    assertThat(metadata.batchSize()).isEmpty();
                    assertThat(metadata.display()).hasSize(2);
                    assertThat(metadata.display()
                                    .getFirst()
                                    .logo()
                                    .orElseThrow()
                                    .uri())
                            .hasToString("https://issuer.example/logo.svg");
                    var server = context.getBean(AuthorizationServer.class).metadata();
                    assertThat(server.grantTypes()).containsExactly(Grant.PRE_AUTHORIZED_CODE);
                    assertThat(server.dpopSigningAlgorithms()).isEmpty();
                    assertThat(server.preAuthorizedGrantAnonymousAccess()).isFalse();
                });
    }

    @Test
    @DisplayName("an application's own beans take the place of ours")
    void ownBeans() {
        var key = SigningKey.generate(JWSAlgorithm.ES384);
        CredentialDatasets datasets = entitlement -> CredentialDatasets.Lookup.denied("nobody gets anything");
        application
                .withBean(KeyRing.class, () -> KeyRing.of(key))
                .withBean("own", CredentialDatasets.class, () -> datasets)
                .run(context -> {
                    assertThat(context.getBean(KeyRing.class).current(KeyUse.CREDENTIAL))
                            .isSameAs(key);
                    assertThat(context.getBean(CredentialDatasets.class)).isSameAs(datasets);
                    assertThat(directory.resolve("development-keys.p12")).doesNotExist();
                });
    }

    @Test
    @DisplayName("an application without health gets none")
    void withoutHealth() {
        application
                .withClassLoader(new FilteredClassLoader(HealthIndicator.class))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(CredentialIssuer.class));
    }

    @Test
    @DisplayName("health fails if another provider signs than was demanded")
    void demandedProvider() {
        application
                .withPropertyValues("intaglio.crypto-provider=NoSuchProvider")
                .run(context -> {
                    var health = context.getBean(HealthIndicator.class).health();
                    assertThat(health).isNotNull();
                    assertThat(health.getStatus().getCode()).isEqualTo("DOWN");
                });
    }

    @Test
    @DisplayName("the nonce key survives a restart")
    void nonceKeyIsKept() {
        application.run(first -> {
            var key = first.getBean(NonceKey.class).bytes();
            assertThat(key).hasSizeGreaterThanOrEqualTo(32);
            first.close();
            application.run(
                    second -> assertThat(second.getBean(NonceKey.class).bytes()).isEqualTo(key));
        });
    }

    @Nested
    @DisplayName("What is missing is told at start")
    class Refusals {
        @Test
        @DisplayName("an issuer that is not https")
        void issuerWithoutTls() {
            fails("https", "intaglio.issuer=http://issuer.example");
        }

        @Test
        @DisplayName("a port that nobody knows beforehand")
        void unknownPort() {
            fails("intaglio.issuer", "server.port=0");
        }

        @Test
        @DisplayName("another kind of database")
        void otherDatabase() {
            fails("jdbc:postgresql:", "intaglio.database.url=jdbc:h2:mem:test");
        }

        @Test
        @DisplayName("definitions that are not there")
        void noDefinitions() {
            fails("intaglio.credentials", "intaglio.credentials=" + directory.resolve("nowhere"));
        }

        @Test
        @DisplayName("claims of a type of one's own")
        void noClaims() throws IOException {
            fails("intaglio.claims", "intaglio.credentials=" + definitions(TICKET));
        }

        @Test
        @DisplayName("the database of a query")
        void noDatasource() throws IOException {
            var definition = TICKET + "source: {sql: \"select seat from ticket where id = :subject\"}\n";
            fails("intaglio.datasources", "intaglio.credentials=" + definitions(definition));
        }

        @Test
        @DisplayName("two places for keys")
        void twoPlacesForKeys() {
            fails("not from both", "intaglio.keys.pkcs12=keys.p12", "intaglio.keys.pem[0]=key.pem");
        }

        private void fails(String message, String... properties) {
            application
                    .withPropertyValues(properties)
                    .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(message));
        }
    }

    @Test
    @DisplayName("claims come from the file a definition names")
    void claimsFromAFile() throws IOException {
        var people = directory.resolve("people.json");
        Files.writeString(people, "{\"erika\": {\"ticket\": {\"seat\": \"12A\"}}}");
        var definition = TICKET + "source: {file: \"" + people + "\"}\n";
        application
                .withPropertyValues("intaglio.credentials=" + definitions(definition))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(ConfiguredDatasets.class));
    }

    @Test
    @DisplayName("claims come from the database a definition asks")
    void claimsFromADatabase() throws IOException {
        var definition = TICKET + "source: {sql: \"select 'x' as seat where 'erika' = :subject\"}\n";
        application
                .withPropertyValues(
                        "intaglio.credentials=" + definitions(definition),
                        "intaglio.datasources.box-office.url=jdbc:sqlite:" + directory.resolve("tickets.db"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(ConfiguredDatasets.class));
    }

    @Nested
    @DisplayName("Keys of the operator's own")
    class OwnKeys {
        @Test
        @DisplayName("in PEM: the first signs, all are published")
        void pem() throws IOException, GeneralSecurityException {
            var first = pemFile("first.pem");
            var second = pemFile("second.pem");
            application
                    .withPropertyValues("intaglio.keys.pem[0]=" + first, "intaglio.keys.pem[1]=" + second)
                    .run(context -> {
                        var keys = context.getBean(KeyRing.class);
                        assertThat(keys.published(KeyUse.CREDENTIAL)).hasSize(2);
                        assertThat(keys.current(KeyUse.CREDENTIAL))
                                .isSameAs(keys.published(KeyUse.CREDENTIAL).getFirst());
                        assertThat(directory.resolve("development-keys.p12")).doesNotExist();
                    });
        }

        private Path pemFile(String name) throws IOException, GeneralSecurityException {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var keys = generator.generateKeyPair();
            return Files.writeString(
                    directory.resolve(name),
                    block("PRIVATE KEY", keys.getPrivate().getEncoded())
                            + block("PUBLIC KEY", keys.getPublic().getEncoded()));
        }

        private static String block(String label, byte[] content) {
            return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                    + label + "-----\n";
        }
    }

    @Test
    @DisplayName("development keys are found again")
    void developmentKeysAreKept() throws IOException {
        var made = DevelopmentKeys.loadOrCreate(
                        directory, URI.create("http://127.0.0.1:8080"), Clock.systemUTC(), new SecureRandom())
                .keyRing()
                .current(KeyUse.CREDENTIAL);
        application.run(context -> assertThat(context.getBean(KeyRing.class)
                        .current(KeyUse.CREDENTIAL)
                        .publicJwk()
                        .getKeyID())
                .isEqualTo(made.publicJwk().getKeyID()));
    }

    private Path definitions(String definition) throws IOException {
        var definitions = Files.createDirectories(directory.resolve("credentials"));
        Files.writeString(definitions.resolve("ticket.yaml"), definition);
        return definitions;
    }
}
