package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.credential.CredentialRequest;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.oauth.Pkce;
import dev.intaglio.protocol.proof.JwtKeyProof;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.store.Race;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Once means once, over HTTP, spread over two servers that share one database.
@DisplayName("Fifty at once, over two servers")
class OnceOnlyTest {
    private static final String PID = "eu.europa.ec.eudi.pid_vc_sd_jwt";
    private static final String ADMIN = "the admin token of both";
    private static final String CLIENT = "wallet";
    private static final String REDIRECT = "https://wallet.example/cb";
    private static final SecureRandom RANDOM = new SecureRandom();

    @Nested
    @DisplayName("on SQLite, in one process")
    class OnSqlite extends TwoServers<Node> {
        @Override
        Node start(int port, Map<String, Object> shared) {
            return Node.here(port, shared);
        }
    }

    @Nested
    @DisplayName("on PostgreSQL, in two processes")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    class OnPostgres extends TwoServers<Node.Separate> {
        private EmbeddedPostgres postgres;

        @Override
        Node.Separate start(int port, Map<String, Object> shared) throws IOException {
            if (postgres == null) {
                postgres = EmbeddedPostgres.start();
            }
            var settings = new HashMap<>(shared);
            settings.put("intaglio.database.url", postgres.getJdbcUrl("postgres", "postgres"));
            settings.put("intaglio.database.user", "postgres");
            return Node.Separate.start(port, settings);
        }

        @AfterAll
        void stopPostgres() throws IOException {
            postgres.close();
        }

        /// Each code is shown to the first server and then to the other. The first is killed when it has answered once, so of
        /// the others' requests some are answered, some are cut off wherever they were, and some find nobody.
        @Test
        @Order(Integer.MAX_VALUE)
        @DisplayName("one process killed amid the race: the other carries on, and nothing is redeemed twice")
        void killed() throws InterruptedException {
            var codes = IntStream.range(0, Race.RUNNERS)
                    .mapToObj(i -> offeredCode())
                    .toList();
            var answered = new CountDownLatch(1);
            var killer = Thread.ofVirtual().start(() -> {
                try {
                    answered.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
                one().kill();
            });

            record Answers(Optional<Response> first, Response other) {
                long tokens() {
                    return first.filter(Response::successful).stream().count() + (other.successful() ? 1 : 0);
                }
            }
            var race = Race.run(i -> () -> {
                var redeeming = preAuthorized(codes.get(i));
                Optional<Response> first;
                try {
                    first = Optional.of(send(one(), redeeming));
                    answered.countDown();
                } catch (UncheckedIOException killed) {
                    first = Optional.empty();
                }
                return new Answers(first, send(other(), redeeming));
            });
            killer.join(TimeUnit.MINUTES.toMillis(1));

            assertThat(one().process().isAlive()).isFalse();
            assertThat(race).allSatisfy(answers -> {
                assertThat(answers.tokens()).isLessThanOrEqualTo(1);
                if (!answers.other().successful()) {
                    assertThat(answers.other().bodyObject().string("error")).isEqualTo("invalid_grant");
                }
                // Who got an answer from the first, got a token there; a request that was cut off may have used the
                // code up.
                answers.first()
                        .ifPresent(first -> assertThat(first.successful()).isTrue());
            });
            assertThat(send(other(), preAuthorized(offeredCode())).successful())
                    .as("the other carries on")
                    .isTrue();
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class TwoServers<N extends Node> {
        private final JdkTransport transport = JdkTransport.create();
        private URI issuer = URI.create("http://127.0.0.1");
        private N one;
        private N other;

        abstract N start(int port, Map<String, Object> shared) throws IOException;

        @BeforeAll
        void start(@TempDir Path directory) throws IOException {
            var port = Node.freePort();
            issuer = URI.create("http://127.0.0.1:" + port);
            // The second node is another door to the same issuer.
            var shared = Map.<String, Object>of(
                    "intaglio.issuer", issuer,
                    "intaglio.data-directory", directory,
                    "intaglio.admin.token", ADMIN,
                    "intaglio.login.auto-approve", "erika",
                    "intaglio.clients[0].client-id", CLIENT,
                    "intaglio.clients[0].redirect-uris[0]", REDIRECT);
            one = start(port, shared);
            other = start(Node.freePort(), shared);
        }

        @AfterAll
        void stop() {
            other.close();
            one.close();
        }

        final N one() {
            return one;
        }

        final N other() {
            return other;
        }

        @Test
        @DisplayName("one pre-authorized code gives one token")
        @Requirement("CI-OFFER-9")
        void onePreAuthorizedCodeOneToken() {
            onlyOne("invalid_grant", preAuthorized(offeredCode()));
        }

        @Test
        @DisplayName("one authorization code gives one token, and as it was used again, the token is good for nothing")
        @Requirement("AS-AUTHZ-7")
        void oneAuthorizationCodeOneToken() {
            var verifier = Pkce.newVerifier(RANDOM);

            var token = onlyOne("invalid_grant", redeeming(authorizedCode(verifier), verifier));

            for (var node : List.of(one, other)) {
                var answer = transport.handle(Request.post(
                                node.address().resolve("/credential"),
                                JsonObject.builder().build())
                        .with("Authorization", "Bearer " + token.string("access_token")));
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.header("WWW-Authenticate").orElseThrow()).contains("invalid_token");
            }
        }

        @Test
        @DisplayName(
                "one refresh token of a public client gives one successor, and as it was used again, that is good for nothing")
        @Requirement("AS-TOKEN-22")
        void oneRefreshTokenOneSuccessor() {
            var verifier = Pkce.newVerifier(RANDOM);
            var token = send(one, redeeming(authorizedCode(verifier), verifier)).bodyObject();

            var next = onlyOne("invalid_grant", refreshing(token.string("refresh_token")));

            var again = send(other, refreshing(next.string("refresh_token")));
            assertThat(again.bodyObject().string("error")).isEqualTo("invalid_grant");
        }

        @Test
        @DisplayName("one request_uri gives one authorization code")
        @Requirement("AS-PAR-5")
        void oneRequestUriOneCode() {
            var pushed = send(one, "/par", asking(Pkce.newVerifier(RANDOM)))
                    .bodyObject()
                    .string("request_uri");
            var query = Form.empty()
                    .with("client_id", CLIENT)
                    .with("request_uri", pushed)
                    .encoded();

            var answers = Race.run(
                    i -> () -> transport.handle(Request.get(node(i).address().resolve("/authorize?" + query))));

            var brought = answers.stream()
                    .map(answer -> answer.header("Location").orElseThrow())
                    .toList();
            assertThat(brought).allSatisfy(location -> assertThat(location).startsWith(REDIRECT + "?"));
            assertThat(brought)
                    .filteredOn(location -> location.contains("code="))
                    .hasSize(1);
            assertThat(brought)
                    .filteredOn(location -> location.contains("error=invalid_request_uri"))
                    .hasSize(Race.RUNNERS - 1);
        }

        /// The refresh token is bound to the key of the proof and not used up, so the proof's jti alone decides.
        @Test
        @DisplayName("one DPoP proof serves one request")
        @Requirement("AS-DPOP-1")
        void oneDpopProofOneRequest() {
            var key = SigningKey.generate(JWSAlgorithm.ES256);
            var verifier = Pkce.newVerifier(RANDOM);
            var redeeming = redeeming(authorizedCode(verifier), verifier);
            var nonce = send(one, redeeming, proof(key, Optional.empty()))
                    .header(DpopProof.NONCE_HEADER)
                    .orElseThrow();
            var token = send(other, redeeming, proof(key, Optional.of(nonce))).bodyObject();
            assertThat(token.string("token_type")).isEqualTo("DPoP");
            var proof = proof(key, Optional.of(nonce));

            var answers = Race.run(i -> () -> send(node(i), refreshing(token.string("refresh_token")), proof));

            onlyOne("invalid_dpop_proof", answers);
        }

        @Test
        @DisplayName("one c_nonce serves one request")
        @Requirement("CI-NONCE-7")
        void oneNonceOneRequest() {
            var token = send(one, preAuthorized(offeredCode())).bodyObject().string("access_token");
            var nonce = transport
                    .handle(Request.post(one.address().resolve("/nonce")))
                    .bodyObject()
                    .string("c_nonce");

            var answers = Race.run(i -> () -> {
                var proof = JwtKeyProof.make(
                        SigningKey.generate(JWSAlgorithm.ES256),
                        issuer,
                        Instant.now(),
                        Optional.of(nonce),
                        Optional.empty());
                var body = CredentialRequest.of(
                        new CredentialRequest.Selector.Configuration(PID), new Proofs.Jwt(List.of(proof)));
                return transport.handle(Request.post(node(i).address().resolve("/credential"), body.write())
                        .with("Authorization", "Bearer " + token));
            });

            onlyOne("invalid_nonce", answers);
        }

        private N node(int i) {
            return i % 2 == 0 ? one : other;
        }

        private JsonObject onlyOne(String error, Form tokenRequest) {
            return onlyOne(error, Race.run(i -> () -> send(node(i), tokenRequest)));
        }

        /// @return what the one got
        private static JsonObject onlyOne(String error, List<Response> answers) {
            assertThat(answers)
                    .filteredOn(answer -> !answer.successful())
                    .allSatisfy(answer ->
                            assertThat(answer.bodyObject().string("error")).isEqualTo(error));
            var winners = answers.stream().filter(Response::successful).toList();
            assertThat(winners).hasSize(1);
            return winners.getFirst().bodyObject();
        }

        final Response send(Node node, Form tokenRequest) {
            return send(node, "/token", tokenRequest);
        }

        private Response send(Node node, String path, Form form) {
            return transport.handle(Request.post(node.address().resolve(path), form));
        }

        private Response send(Node node, Form tokenRequest, String proof) {
            return transport.handle(
                    Request.post(node.address().resolve("/token"), tokenRequest).with(DpopProof.HEADER, proof));
        }

        private String proof(SigningKey key, Optional<String> nonce) {
            return DpopProof.make(
                    key,
                    DpopProof.newId(RANDOM),
                    "POST",
                    issuer.resolve("/token"),
                    Instant.now(),
                    nonce,
                    Optional.empty());
        }

        private static Form asking(String verifier) {
            return Form.empty()
                    .with("response_type", "code")
                    .with("client_id", CLIENT)
                    .with("redirect_uri", REDIRECT)
                    .with("scope", PID)
                    .with("code_challenge", Pkce.challenge(verifier))
                    .with("code_challenge_method", Pkce.S256);
        }

        private String authorizedCode(String verifier) {
            var answer = transport.handle(Request.get(
                    one.address().resolve("/authorize?" + asking(verifier).encoded())));
            return Form.read(URI.create(answer.header("Location").orElseThrow()).getRawQuery())
                    .value("code")
                    .orElseThrow();
        }

        private static Form redeeming(String code, String verifier) {
            return Form.empty()
                    .with("grant_type", Grant.AUTHORIZATION_CODE)
                    .with("client_id", CLIENT)
                    .with("redirect_uri", REDIRECT)
                    .with("code", code)
                    .with("code_verifier", verifier);
        }

        private static Form refreshing(String token) {
            return Form.empty()
                    .with("grant_type", Grant.REFRESH_TOKEN)
                    .with("client_id", CLIENT)
                    .with("refresh_token", token);
        }

        static Form preAuthorized(String code) {
            return Form.empty().with("grant_type", Grant.PRE_AUTHORIZED_CODE).with("pre-authorized_code", code);
        }

        final String offeredCode() {
            var wanted = JsonObject.builder()
                    .put("subject", "erika")
                    .put("configurations", List.of(PID))
                    .put("tx_code", false)
                    .build();
            var made = transport.handle(Request.post(other.address().resolve("/admin/offers"), wanted)
                    .with("Authorization", "Bearer " + ADMIN));
            return made.bodyObject()
                    .object("offer")
                    .object("grants")
                    .object(Grant.PRE_AUTHORIZED_CODE)
                    .string("pre-authorized_code");
        }
    }
}
