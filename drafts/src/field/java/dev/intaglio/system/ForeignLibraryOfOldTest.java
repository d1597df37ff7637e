package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.keys.Pem;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Tls;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.IntaglioServer;
import dev.intaglio.server.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `@digitalbazaar/oid4-client`, unmodified: a client of draft 13 that looks for both metadata documents in one, and knows the type of
/// a token in lower case alone. A tolerant issuer serves it.
@Tag("node")
@DisplayName("A client library of mixed drafts")
class ForeignLibraryOfOldTest {
    @TempDir
    private static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = IntaglioServer.start(Map.of(
                "server.port",
                "0",
                "intaglio.data-directory",
                data.toString(),
                "intaglio.tls.development",
                "true",
                "intaglio.drafts",
                "tolerant"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @DisplayName("finds the issuer, redeems a code, is told a nonce and receives a credential bound to its key")
    void receives() throws IOException {
        var received = run(link()).json();

        var credential = received.object("credential");
        assertThat(credential.strings("type")).contains("VerifiableCredential");
        assertThat(credential.object("credentialSubject").string("id")).isEqualTo(received.string("holder"));
        assertThat(received.strings("shape")).contains("credential", "c_nonce", "c_nonce_expires_in");
    }

    /// No draft allows what it makes by itself: no `typ`, no `iat`, an `iss` though the client has no identifier.
    @Test
    @DisplayName("has its own kind of key proof refused")
    void ownProof() throws IOException {
        var told = run(link(), "--own-proof").json();

        assertThat(told.has("received")).isFalse(); // it keeps the refusal to itself
    }

    private static NodeScript.Result run(String link, String... more) {
        var arguments = new ArrayList<>(List.of(link));
        arguments.addAll(List.of(more));
        return NodeScript.run(
                Map.of("NODE_EXTRA_CA_CERTS", data.resolve("tls-ca.pem").toString()),
                "drafts/oid4-client.mjs",
                "",
                arguments.toArray(String[]::new));
    }

    private static String link() throws IOException {
        var wanted = JsonObject.builder()
                .put("subject", "erika")
                .put("configurations", List.of("diploma_ldp_vc"))
                .put("tx_code", false)
                .build();
        var transport = JdkTransport.create(Tls.trustingOnly(Pem.certificates(data.resolve("tls-ca.pem"))));
        var response = transport.handle(Request.post(server.address().resolve("/admin/offers"), wanted)
                .with("Authorization", "Bearer " + server.adminToken()));
        assertThat(response.status()).isEqualTo(201);
        return response.bodyObject().object("dialects").string("draft-13");
    }
}
