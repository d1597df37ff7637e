package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.credential.CredentialRequest;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.oauth.TokenRequest;
import dev.intaglio.protocol.proof.JwtKeyProof;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.server.IntaglioServer;
import dev.intaglio.server.RunningServer;
import dev.intaglio.testing.store.Race;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Once means once, over HTTP, spread over two servers that share one database.
@DisplayName("Fifty at once, over two servers")
class OnceOnlyTest {
    private static final String PID = "eu.europa.ec.eudi.pid_vc_sd_jwt";

    @Nested
    @DisplayName("on SQLite")
    class OnSqlite extends TwoServers {
        @Override
        Map<String, Object> database(Path shared) {
            return Map.of("intaglio.data-directory", shared.toString());
        }
    }

    @Nested
    @DisplayName("on PostgreSQL")
    class OnPostgres extends TwoServers {
        private EmbeddedPostgres postgres;

        @Override
        Map<String, Object> database(Path shared) throws IOException {
            if (postgres == null) {
                postgres = EmbeddedPostgres.start();
            }
            return Map.of(
                    "intaglio.data-directory", shared.toString(),
                    "intaglio.database.url", postgres.getJdbcUrl("postgres", "postgres"),
                    "intaglio.database.user", "postgres");
        }

        @AfterAll
        void stopPostgres() throws IOException {
            postgres.close();
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class TwoServers {
        private final Handler transport = JdkTransport.create();
        private RunningServer one;
        private RunningServer other;

        abstract Map<String, Object> database(Path shared) throws IOException;

        @BeforeAll
        void start(@TempDir Path shared) throws IOException {
            one = IntaglioServer.start(with(database(shared), "server.port", "0"));
            // The second node is another door to the same issuer.
            other = IntaglioServer.start(with(
                    with(database(shared), "server.port", "0"),
                    "intaglio.issuer",
                    one.issuer().toString()));
        }

        @AfterAll
        void stop() {
            other.close();
            one.close();
        }

        @Test
        @DisplayName("one pre-authorized code gives one token")
        @Requirement("CI-OFFER-9")
        void oneCodeOneToken() {
            var request = TokenRequest.of(new Grant.PreAuthorizedCode(newCode(), Optional.empty()))
                    .write();

            var answers = Race.run(
                    i -> () -> transport.handle(Request.post(node(i).address().resolve("/token"), request)));

            assertThat(answers).filteredOn(Response::successful).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> !answer.successful())
                    .allSatisfy(answer ->
                            assertThat(answer.bodyObject().string("error")).isEqualTo("invalid_grant"));
        }

        @Test
        @DisplayName("one c_nonce serves one request")
        @Requirement("CI-NONCE-7")
        void oneNonceOneRequest() {
            var tokenRequest = TokenRequest.of(new Grant.PreAuthorizedCode(newCode(), Optional.empty()))
                    .write();
            var token = transport
                    .handle(Request.post(one.address().resolve("/token"), tokenRequest))
                    .bodyObject()
                    .string("access_token");
            var nonce = transport
                    .handle(Request.post(one.address().resolve("/nonce")))
                    .bodyObject()
                    .string("c_nonce");

            var answers = Race.run(i -> () -> {
                var proof = JwtKeyProof.make(
                        SigningKey.generate(JWSAlgorithm.ES256),
                        one.issuer(),
                        Instant.now(),
                        Optional.of(nonce),
                        Optional.empty());
                var body = CredentialRequest.of(
                        new CredentialRequest.Selector.Configuration(PID), new Proofs.Jwt(List.of(proof)));
                return transport.handle(Request.post(node(i).address().resolve("/credential"), body.write())
                        .with("Authorization", "Bearer " + token));
            });

            assertThat(answers).filteredOn(Response::successful).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> !answer.successful())
                    .allSatisfy(answer ->
                            assertThat(answer.bodyObject().string("error")).isEqualTo("invalid_nonce"));
        }

        private RunningServer node(int i) {
            return i % 2 == 0 ? one : other;
        }

        private String newCode() {
            var wanted = JsonObject.builder()
                    .put("subject", "erika")
                    .put("configurations", List.of(PID))
                    .put("tx_code", false)
                    .build();
            var made = transport.handle(Request.post(one.address().resolve("/admin/offers"), wanted)
                    .with("Authorization", "Bearer " + one.adminToken()));
            return made.bodyObject()
                    .object("offer")
                    .object("grants")
                    .object(Grant.PRE_AUTHORIZED_CODE)
                    .string("pre-authorized_code");
        }

        private static Map<String, Object> with(Map<String, Object> properties, String key, Object value) {
            var more = new HashMap<>(properties);
            more.put(key, value);
            return more;
        }
    }
}
