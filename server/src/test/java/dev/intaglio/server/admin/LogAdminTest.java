package dev.intaglio.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.log.Checkpoint;
import dev.intaglio.issuer.log.CheckpointKeys;
import dev.intaglio.issuer.log.InclusionProof;
import dev.intaglio.issuer.log.LogVerifier;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.server.TestIssuer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The issuance log of a server")
class LogAdminTest {
    @TempDir
    private static Path directory;

    private static TestIssuer issuer;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.start(directory, "intaglio.log.interval", "50ms");
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    private static Response admin(String path) {
        return issuer.send(issuer.admin(Request.get(issuer.at(path))));
    }

    private static String issue() {
        var received = issuer.send(issuer.credentialRequest(issuer.redeem(issuer.offer(false))));
        assertThat(received.status()).as(received.bodyText()).isEqualTo(200);
        return received.bodyObject().string("notification_id");
    }

    private static InclusionProof proof(String issuance) throws InterruptedException {
        var path = "/admin/v1/log/proofs/" + issuance + ".0";
        var response = admin(path);
        for (int round = 0; round < 200 && response.status() == 404; round++) {
            Thread.sleep(25);
            response = admin(path);
        }
        assertThat(response.status()).as(response.bodyText()).isEqualTo(200);
        return InclusionProof.read(response.bodyObject());
    }

    private static CheckpointKeys keys() throws IOException {
        return CheckpointKeys.of(TrustAnchors.pem(directory.resolve("trust-anchor.pem")));
    }

    @Test
    @DisplayName("has each issuance soon, signed by a key under the trust anchor, and proves it")
    void issued() throws IOException, InterruptedException {
        var first = issue();
        var early = proof(first);
        var kept = Checkpoint.read(early.checkpoint());
        var second = issue();
        assertThat(early.verify(keys(), Optional.empty()).record().content().string("configuration"))
                .isEqualTo("diploma_sd_jwt");
        assertThat(proof(second).verify(keys(), Optional.of("some other key")).keyMatches())
                .contains(false);

        var verifier = new LogVerifier(keys(), List.of(kept));
        var lines = admin("/admin/v1/log").bodyText();
        lines.lines().forEach(verifier::line);
        assertThat(verifier.end()).isInstanceOf(LogVerifier.Result.Whole.class);
        assertThat(lines).contains("\"kind\":\"configuration\"").doesNotContain("erika", first, second);
        assertThat(admin("/admin/v1/log/checkpoint").bodyObject().integer("size"))
                .isGreaterThan(1);
    }

    @Test
    @DisplayName("goes on from any checkpoint, and is only for those with the token")
    void pages() throws InterruptedException {
        proof(issue());
        var whole = admin("/admin/v1/log").bodyText().lines().toList();
        var first = admin("/admin/v1/log?from=0&limit=1").bodyText().lines().toList();
        assertThat(first.getLast()).startsWith("{\"checkpoint\"");
        assertThat(whole.subList(0, first.size())).isEqualTo(first);
        assertThat(admin("/admin/v1/log?limit=0").status()).isEqualTo(400);
        assertThat(admin("/admin/v1/log/proofs/nothing").status()).isEqualTo(404);
        assertThat(issuer.get("/admin/v1/log").status()).isEqualTo(401);
    }
}
