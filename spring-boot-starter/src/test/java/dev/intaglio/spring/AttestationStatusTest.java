package dev.intaglio.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.sun.net.httpserver.HttpServer;
import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.authorization.client.AttestationStatus;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.issuer.offer.OfferRequest;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.KeyAttestationStatus;
import dev.intaglio.issuer.store.CredentialState;
import dev.intaglio.issuer.store.StatusOperations;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.keys.Pem;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.clientattestation.ClientAttestation;
import dev.intaglio.protocol.clientattestation.ClientAttestationPop;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.statuslist.StatusList;
import dev.intaglio.statuslist.StatusListToken;
import dev.intaglio.testing.TestAttester;
import dev.intaglio.testing.TestJwt;
import dev.intaglio.testing.TestWallet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/// A server that trusts one attester, who keeps a Token Status List on a server of its own; wallets come with attestations
/// that name it.
@DisplayName("The status of attestations, in the list they name")
class AttestationStatusTest {
    private static final URI ISSUER = URI.create("http://127.0.0.1:8080");
    private static final String TYPE = "card_dc_sd_jwt";
    private static final String WALLET = "https://wallet.example/solution";
    private static final String DEFINITION = """
            id: card
            display: [{locale: en, name: Card}]
            claims: [{path: [given_name]}]
            formats: {dc+sd-jwt: {vct: "urn:example:card:1"}}
            key_attestations_required: {}
            status: true
            """;
    private static final int GOOD = 6;
    private static final int REVOKED = 7;
    private static final int SUSPENDED = 8;
    private static final int SPECIAL = 9;

    private final Clock clock = Clock.systemUTC();
    private final TestAttester attester = TestAttester.create(clock);
    private final SigningKey instance = SigningKey.generate(JWSAlgorithm.ES256);
    private final Map<String, String> lists = new ConcurrentHashMap<>();
    private final AtomicInteger fetched = new AtomicInteger();
    private final HttpServer provider;
    private WebApplicationContextRunner application = new WebApplicationContextRunner();

    AttestationStatusTest() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        provider.createContext("/", exchange -> {
            fetched.incrementAndGet();
            var list = lists.get(exchange.getRequestURI().getPath());
            if (list == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.getResponseHeaders().set("Content-Type", StatusListToken.JWT);
                var body = list.getBytes(StandardCharsets.US_ASCII);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        provider.start();
        publish("/list", attester.key());
        var attesters = directory.resolve("attesters.pem");
        Files.writeString(
                attesters, Pem.write(List.of(attester.certificationAuthority().anchor())));
        Files.writeString(Files.createDirectory(directory.resolve("types")).resolve("card.yaml"), DEFINITION);
        var dataset = new CredentialDataset(
                JsonObject.builder().put("given_name", "Erika").build());
        application = application
                .withConfiguration(AutoConfigurations.of(IntaglioAutoConfiguration.class))
                .withBean(
                        "own", CredentialDatasets.class, () -> entitlement -> CredentialDatasets.Lookup.ready(dataset))
                .withPropertyValues(
                        "intaglio.data-directory=" + directory,
                        "intaglio.credentials=" + directory.resolve("types"),
                        "intaglio.public-clients=false",
                        "intaglio.key-attestation.trust-anchors=" + attesters,
                        "intaglio.wallet-providers[0].certificates=" + attesters,
                        "intaglio.attestation-status.private-hosts=127.0.0.1");
    }

    @AfterEach
    void stop() {
        provider.stop(0);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + provider.getAddress().getPort() + path);
    }

    private void publish(String path, SigningKey key) {
        publish(path, key, REVOKED, Duration.ofMinutes(5));
    }

    private void publish(String path, SigningKey key, int revoked, Duration timeToLive) {
        var list = StatusList.of(
                2,
                1_024,
                index -> index == revoked
                        ? 1
                        : switch (index) {
                            case SUSPENDED -> 2;
                            case SPECIAL -> 3;
                            default -> 0;
                        });
        var token = new StatusListToken(
                address(path),
                clock.instant(),
                Optional.of(clock.instant().plus(Duration.ofHours(1))),
                Optional.of(timeToLive),
                list,
                Optional.empty());
        lists.put(path, token.jwt(key));
    }

    private JsonObject status(String path, int index) {
        return JsonObject.of(
                Map.of("status_list", Map.of("idx", index, "uri", address(path).toString())));
    }

    private void run(Consumer<Visit> visit, String... settings) {
        application.withPropertyValues(settings).run(context -> {
            assertThat(context).hasNotFailed();
            visit.accept(new Visit(context));
        });
    }

    /// A wallet at the server, with a new offer for each attempt.
    private final class Visit {
        private final CredentialIssuer issuer;
        private final TestWallet wallet;

        Visit(ApplicationContext context) {
            issuer = context.getBean(CredentialIssuer.class);
            var authorization = context.getBean(AuthorizationServer.class);
            Handler handler =
                    request -> authorization.serves(String.valueOf(request.uri().getRawPath()))
                            ? authorization.handler().handle(request)
                            : issuer.handler().handle(request);
            wallet = TestWallet.of(handler, ISSUER, clock).withClientId(WALLET);
        }

        /// By a wallet attestation with this status.
        Response token(JsonObject status) {
            return token(Optional.of(status));
        }

        Response token(Optional<JsonObject> status) {
            var offer = issuer.offers()
                    .create(new OfferRequest("erika", List.of(TYPE), Optional.empty(), Duration.ofMinutes(5)));
            return wallet.redeem(offer.offer())
                    .http(request -> attested(request, status))
                    .send();
        }

        private Request attested(Request request, Optional<JsonObject> status) {
            var now = Instant.now(clock);
            var made = SignedJwt.parse(ClientAttestation.make(
                    attester.key(),
                    "https://wallet-provider.example",
                    WALLET,
                    instance.publicJwk(),
                    now,
                    now.plus(Duration.ofHours(1))));
            var claims =
                    status.map(claim -> made.claims().with("status", claim)).orElse(made.claims());
            return request.with(
                            ClientAttestation.HEADER,
                            TestJwt.of(ClientAttestation.TYPE, attester.key(), claims)
                                    .header(header -> made.header())
                                    .compact())
                    .with(
                            ClientAttestationPop.HEADER,
                            ClientAttestationPop.make(
                                    instance,
                                    WALLET,
                                    ISSUER,
                                    DpopProof.newId(new SecureRandom()),
                                    now,
                                    Optional.empty()));
        }

        /// By a good wallet attestation, and a key attestation with this status.
        Response credential(JsonObject status) {
            var token = TokenResponse.read(success(token(Optional.empty())));
            var attestation = attester.attest(List.of(SigningKey.generate(JWSAlgorithm.ES256)), wallet.nonce())
                    .claim("status", status);
            return wallet.request(token, TYPE)
                    .proofs(JsonObject.builder()
                            .put("attestation", List.of(attestation.compact()))
                            .build())
                    .send();
        }

        /// By a wallet attestation with this status, and keys that stay good.
        void issued(JsonObject status) {
            var token = TokenResponse.read(success(token(Optional.of(status))));
            var attestation = attester.attest(List.of(SigningKey.generate(JWSAlgorithm.ES256)), wallet.nonce());
            success(wallet.request(token, TYPE)
                    .proofs(JsonObject.builder()
                            .put("attestation", List.of(attestation.compact()))
                            .build())
                    .send());
        }

        List<CredentialState> states() {
            var selector = JsonObject.builder()
                    .put("wallet_instance", DpopProof.thumbprint(instance.publicJwk()))
                    .build();
            return issuer.statuses().issued(StatusSelector.read(selector), 10).stream()
                    .map(StatusOperations.Issued::state)
                    .toList();
        }

        void good(JsonObject status) {
            assertThat(success(token(status)).members()).containsKey("access_token");
            assertThat(success(credential(status)).objects("credentials")).hasSize(1);
        }

        void refused(JsonObject status, String reason) {
            var token = token(status);
            assertThat(token.status()).as(token.bodyText()).isEqualTo(401);
            assertThat(token.bodyObject().string("error")).isEqualTo("invalid_client");
            assertThat(token.bodyObject().string("error_description")).contains(reason);
            var credential = credential(status);
            assertThat(credential.status()).as(credential.bodyText()).isEqualTo(400);
            assertThat(credential.bodyObject().string("error")).isEqualTo("invalid_proof");
            assertThat(credential.bodyObject().string("error_description")).contains(reason);
        }
    }

    private static JsonObject success(Response response) {
        assertThat(response.status()).as(response.bodyText()).isEqualTo(200);
        return response.bodyObject();
    }

    @Test
    @Requirement({"CI-KA-3", "AS-ABCA-13"})
    @DisplayName("valid leads to a credential, and the list is fetched once for each of the two servers")
    void valid() {
        run(visit -> {
            visit.good(status("/list", GOOD));
            visit.good(status("/list", GOOD + 100));
            assertThat(fetched).hasValue(2);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {REVOKED, SUSPENDED})
    @Requirement({"CI-KA-3", "AS-ABCA-13"})
    @DisplayName("revoked or suspended leads nowhere, also where an unknown status is accepted")
    void revoked(int index) {
        run(
                visit -> visit.refused(status("/list", index), index == REVOKED ? "revoked" : "suspended"),
                "intaglio.wallet-attestation.unknown-status=accept",
                "intaglio.key-attestation.unknown-status=accept");
    }

    @Test
    @Requirement({"CI-KA-3", "AS-ABCA-13"})
    @DisplayName("that cannot be fetched, believed or understood is unknown: refused, unless that is accepted")
    void unknown() {
        var stranger = DevelopmentCa.create("Strangers", clock, new SecureRandom())
                .issue("Stranger", URI.create("https://stranger.example"), JWSAlgorithm.ES256);
        publish("/forged", stranger);
        lists.put("/moved", lists.getOrDefault("/list", ""));
        lists.put("/nonsense", "nonsense");
        var unknown = List.of(
                status("/none", GOOD),
                status("/forged", GOOD),
                status("/moved", GOOD),
                status("/nonsense", GOOD),
                status("/list", SPECIAL),
                status("/list", 1_024),
                JsonObject.of(Map.of("another_mechanism", Map.of())),
                JsonObject.of(Map.of(
                        "status_list", Map.of("idx", -1, "uri", address("/list").toString()))),
                JsonObject.of(Map.of("status_list", Map.of("idx", GOOD, "uri", "not an address"))));
        run(visit -> unknown.forEach(status -> visit.refused(status, "cannot be learnt now")));
        run(
                visit -> unknown.forEach(visit::good),
                "intaglio.wallet-attestation.unknown-status=accept",
                "intaglio.key-attestation.unknown-status=accept");
    }

    @Test
    @Requirement("AS-ABCA-13")
    @DisplayName("is followed: credentials are revoked with the wallet attestation they were issued on the word of")
    void followed() {
        var second = Duration.ofSeconds(1);
        publish("/list", attester.key(), REVOKED, second);
        run(
                visit -> {
                    visit.issued(status("/list", GOOD));
                    assertThat(visit.states()).containsExactly(CredentialState.VALID);
                    publish("/list", attester.key(), GOOD, second);
                    await(() -> visit.states().equals(List.of(CredentialState.REVOKED)));
                    assertThat(visit.issuer.statuses().operations(10))
                            .singleElement()
                            .satisfies(operation -> {
                                assertThat(operation.actor()).isEqualTo("attestation-status");
                                assertThat(operation.reason()).contains("revoked");
                            });
                },
                "intaglio.attestation-status.follow=300ms");
    }

    private static void await(BooleanSupplier done) {
        var patience = Instant.now().plusSeconds(20);
        while (!done.getAsBoolean()) {
            assertThat(Instant.now()).as("it has not happened in 20 seconds").isBefore(patience);
            try {
                Thread.sleep(50);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    @Test
    @DisplayName("is not fetched from private addresses that nobody allowed, and not at all if that is switched off")
    void notFetched() {
        run(
                visit -> visit.refused(status("/list", GOOD), "cannot be learnt now"),
                "intaglio.attestation-status.private-hosts=other.example");
        run(visit -> visit.good(status("/list", REVOKED)), "intaglio.attestation-status.check=false");
        assertThat(fetched).hasValue(0);
    }

    @Test
    @DisplayName("is asked of an application's own beans instead, if it has some")
    void ownBeans() {
        application = application
                .withBean(
                        KeyAttestationStatus.class,
                        () -> status -> new KeyAttestationStatus.Standing.Revoked("says the application"))
                .withBean(
                        AttestationStatus.class,
                        () -> status -> new AttestationStatus.Standing.Revoked("says the application"));
        run(visit -> visit.refused(status("/list", GOOD), "revoked"));
        assertThat(fetched).hasValue(0);
    }
}
