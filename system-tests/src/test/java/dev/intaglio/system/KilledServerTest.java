package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.credential.CredentialRequest;
import dev.intaglio.protocol.credential.CredentialResponse;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.oauth.TokenRequest;
import dev.intaglio.protocol.proof.JwtKeyProof;
import dev.intaglio.requirements.Requirement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server in a process of its own, which is killed.
@DisplayName("A server that is killed (kill -9)")
class KilledServerTest {
    private static final String DIPLOMA = "diploma_sd_jwt";
    private static final Pattern READY = Pattern.compile("ready at (http://[0-9.:]+)");

    @TempDir
    private Path directory;

    private final JdkTransport transport = JdkTransport.create();

    /// @param address where it answers
    private record Server(Process process, URI address) implements AutoCloseable {
        /// The kernel ends it; it has no last word.
        void kill() throws InterruptedException {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("ended by SIGKILL").isEqualTo(128 + 9);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @BeforeEach
    void write() throws IOException {
        var definitions = Files.createDirectories(directory.resolve("credentials"));
        Files.writeString(definitions.resolve("diploma.yaml"), """
                id: diploma
                display: [{locale: en, name: Diploma}]
                claims: [{path: [degree]}]
                approval: manual
                formats:
                  dc+sd-jwt: {vct: "urn:example:diploma", configuration_id: diploma_sd_jwt}
                """);
        Files.writeString(directory.resolve("claims.json"), "{\"erika\": {\"diploma\": {\"degree\": \"BSc\"}}}");
    }

    @Test
    @Requirement({"CI-DEFER-5", "CI-DEFER-6", "CI-RESP-8"})
    @DisplayName(
            "between request and approval hands the credentials out after its restart, once, bound to the same keys")
    void survives() throws IOException, InterruptedException {
        var keys = List.of(SigningKey.generate(JWSAlgorithm.ES256), SigningKey.generate(JWSAlgorithm.ES256));
        URI issuer;
        String token;
        String transaction;
        try (var first = start("")) {
            issuer = first.address();
            token = token(first);
            var answer = request(first, issuer, token, keys);
            assertThat(answer.status()).as(answer.bodyText()).isEqualTo(202);
            transaction = answer.bodyObject().string("transaction_id");
            first.kill();
        }
        // Another port: the process that died may still have the old one. The issuer is the same.
        try (var second = start("--intaglio.issuer=" + issuer)) {
            assertThat(askAgain(second, token, transaction).status()).isEqualTo(202);
            var open = admin(Request.get(second.address().resolve("/admin/deferred")))
                    .bodyObject()
                    .objects("deferred");
            assertThat(open).hasSize(1);
            var approved = admin(Request.post(second.address()
                    .resolve("/admin/deferred/" + open.getFirst().string("id") + "/approve")));
            assertThat(approved.status()).isEqualTo(204);
            second.kill();
        }
        try (var third = start("--intaglio.issuer=" + issuer)) {
            var answer = askAgain(third, token, transaction);
            assertThat(answer.status()).as(answer.bodyText()).isEqualTo(200);
            var issued = (CredentialResponse.Issued) CredentialResponse.read(answer.bodyObject());
            var anchors = TrustAnchors.pem(directory.resolve("data/trust-anchor.pem"));
            assertThat(issued.credentials())
                    .map(one ->
                            (Verification.Verified) new SdJwtVcVerifier().verify((String) one, anchors, Instant.now()))
                    .extracting(one -> DpopProof.thumbprint(one.holderKey().orElseThrow()))
                    .containsExactlyElementsOf(keys.stream()
                            .map(key -> DpopProof.thumbprint(key.publicJwk()))
                            .toList());
            third.kill();
        }
        try (var fourth = start("--intaglio.issuer=" + issuer)) {
            assertThat(askAgain(fourth, token, transaction).bodyObject().string("error"))
                    .isEqualTo("invalid_transaction_id");
        }
    }

    private Server start(String option) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // Surefire may hide the class path behind a jar with a manifest.
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var process = new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        "dev.intaglio.server.IntaglioServer",
                        "--server.port=0",
                        "--logging.level.org.springframework.boot.tomcat.TomcatWebServer=info",
                        "--intaglio.data-directory=" + directory.resolve("data"),
                        "--intaglio.credentials=" + directory.resolve("credentials"),
                        "--intaglio.claims=" + directory.resolve("claims.json"),
                        option.isEmpty() ? "--intaglio.dpop=optional" : option)
                .redirectErrorStream(true)
                .start();
        return new Server(process, awaitReady(process));
    }

    private static URI awaitReady(Process process) throws IOException {
        var output = process.inputReader(StandardCharsets.UTF_8);
        var log = new StringBuilder();
        URI address = null;
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            log.append(line).append('\n');
            var port = Pattern.compile("Tomcat started on port (\\d+)").matcher(line);
            if (port.find()) {
                address = URI.create("http://127.0.0.1:" + port.group(1));
            }
            if (READY.matcher(line).find() && address != null) {
                drain(output);
                return address;
            }
        }
        throw new AssertionError("the server did not start:\n" + log);
    }

    private static void drain(BufferedReader output) {
        Thread.ofVirtual().start(() -> {
            try {
                while (output.readLine() != null) {
                    // Nobody reads it; a full pipe would stop the server.
                }
            } catch (IOException killed) {
                // As it was meant to be.
            }
        });
    }

    private Response admin(Request request) {
        try {
            var token = Files.readString(directory.resolve("data/admin-token")).strip();
            return transport.handle(request.with("Authorization", "Bearer " + token));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private String token(Server server) {
        var wanted = JsonObject.builder()
                .put("subject", "erika")
                .put("configurations", List.of(DIPLOMA))
                .build();
        var made = admin(Request.post(server.address().resolve("/admin/offers"), wanted));
        var code = made.bodyObject()
                .object("offer")
                .object("grants")
                .object(Grant.PRE_AUTHORIZED_CODE)
                .string("pre-authorized_code");
        var request = TokenRequest.of(new Grant.PreAuthorizedCode(code, Optional.empty()));
        return transport
                .handle(Request.post(server.address().resolve("/token"), request.write()))
                .bodyObject()
                .string("access_token");
    }

    private Response request(Server server, URI issuer, String token, List<SigningKey> keys) {
        var nonce = transport
                .handle(Request.post(server.address().resolve("/nonce")))
                .bodyObject()
                .string("c_nonce");
        var proofs = keys.stream()
                .map(key -> JwtKeyProof.make(key, issuer, Instant.now(), Optional.of(nonce), Optional.empty()))
                .toList();
        var body = CredentialRequest.of(new CredentialRequest.Selector.Configuration(DIPLOMA), new Proofs.Jwt(proofs));
        return transport.handle(Request.post(server.address().resolve("/credential"), body.write())
                .with("Authorization", "Bearer " + token));
    }

    private Response askAgain(Server server, String token, String transaction) {
        return transport.handle(Request.post(
                        server.address().resolve("/deferred_credential"),
                        JsonObject.builder().put("transaction_id", transaction).build())
                .with("Authorization", "Bearer " + token));
    }
}
