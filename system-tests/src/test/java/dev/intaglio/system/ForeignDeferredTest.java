package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.Verification;
import dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.server.IntaglioServer;
import dev.intaglio.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A published wallet (`@openid4vc/openid4vci`) asks for a batch that somebody has to approve first.
@Tag("node")
@DisplayName("A wallet of another maker")
class ForeignDeferredTest {
    @TempDir
    private Path directory;

    private final JdkTransport transport = JdkTransport.create();

    @Test
    @Requirement({"CI-RESP-2", "CI-DEFER-5", "CI-DEFER-6", "CI-NOTIF-3", "CI-CRED-13"})
    @DisplayName("asks for a batch, is deferred, comes back, and tells that it has the credentials")
    void deferredBatch() throws IOException {
        var definitions = Files.createDirectories(directory.resolve("credentials"));
        Files.writeString(definitions.resolve("diploma.yaml"), """
                id: diploma
                display: [{locale: en, name: Diploma}]
                claims: [{path: [degree]}]
                approval: manual
                formats:
                  dc+sd-jwt: {vct: "urn:example:diploma", configuration_id: diploma}
                """);
        Files.writeString(directory.resolve("claims.json"), "{\"erika\": {\"diploma\": {\"degree\": \"BSc\"}}}");
        try (var server = IntaglioServer.start(Map.of(
                "server.port",
                "0",
                "intaglio.data-directory",
                directory.resolve("data"),
                "intaglio.credentials",
                definitions,
                "intaglio.claims",
                directory.resolve("claims.json")))) {
            var begun = NodeScript.run("deferred.mjs", "", "begin", offer(server), "5")
                    .json();
            assertThat(begun.string("transactionId")).isNotBlank();
            assertThat(begun.integer("interval")).isEqualTo(60);

            var early = NodeScript.run("deferred.mjs", begun.text(), "finish").json();
            assertThat(early.flag("pending")).isTrue();
            assertThat(early.string("transactionId")).isEqualTo(begun.string("transactionId"));

            var open = admin(server, Request.get(server.address().resolve("/admin/deferred")))
                    .bodyObject()
                    .objects("deferred");
            assertThat(open)
                    .singleElement()
                    .satisfies(one -> assertThat(one.integer("credentials")).isEqualTo(5));
            admin(
                    server,
                    Request.post(server.address()
                            .resolve("/admin/deferred/" + open.getFirst().string("id") + "/approve")));

            var received =
                    NodeScript.run("deferred.mjs", begun.text(), "finish").json();
            var anchors = TrustAnchors.pem(directory.resolve("data/trust-anchor.pem"));
            assertThat(received.strings("credentials"))
                    .map(one -> (Verification.Verified) new SdJwtVcVerifier().verify(one, anchors, Instant.now()))
                    .extracting(one -> DpopProof.thumbprint(one.holderKey().orElseThrow()))
                    .containsExactlyElementsOf(begun.strings("holders"));
            var told = admin(server, Request.get(server.address().resolve("/admin/notifications")))
                    .bodyObject()
                    .objects("notifications");
            assertThat(told).singleElement().satisfies(one -> {
                assertThat(one.string("notification_id")).isEqualTo(received.string("notificationId"));
                assertThat(one.string("event")).isEqualTo("credential_accepted");
            });
        }
    }

    private String offer(RunningServer server) {
        var wanted = JsonObject.builder()
                .put("subject", "erika")
                .put("configurations", List.of("diploma"))
                .build();
        return admin(server, Request.post(server.address().resolve("/admin/offers"), wanted))
                .bodyObject()
                .string("link_by_reference");
    }

    private Response admin(RunningServer server, Request request) {
        return transport.handle(request.with("Authorization", "Bearer " + server.adminToken()));
    }
}
