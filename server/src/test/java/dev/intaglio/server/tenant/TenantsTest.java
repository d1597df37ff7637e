package dev.intaglio.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Tenants of a server")
class TenantsTest {
    @TempDir
    private Path data;

    private ServerWithTenants server;

    @BeforeEach
    void start() {
        server = ServerWithTenants.start(data);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @Requirement({"CI-META-2", "AS-META-1"})
    @DisplayName(
            "a tenant at a path has its metadata at the path that is inserted before it, and issues under its own identifier")
    void byPath() {
        var ulm = server.tenant("ulm", ServerWithTenants.definition());

        var metadata = server.get("/.well-known/openid-credential-issuer/ulm").bodyObject();
        assertThat(metadata.read(CredentialIssuerMetadata::read).credentialIssuer())
                .isEqualTo(ulm.issuer());
        assertThat(metadata.read(CredentialIssuerMetadata::read).credentialEndpoint())
                .hasToString(ulm.issuer() + "/credential");
        var authorization =
                server.get("/.well-known/oauth-authorization-server/ulm").bodyObject();
        assertThat(authorization.read(AuthorizationServerMetadata::read).tokenEndpoint())
                .contains(URI.create(ulm.issuer() + "/token"));
        assertThat(ulm.issue("erika").status()).isEqualTo(200);
    }

    @Test
    @Requirement("CI-META-2")
    @DisplayName("who is no tenant is 404, and so is one that is disabled, until it is enabled again")
    void nobody() {
        var ulm = server.tenant("ulm", ServerWithTenants.definition());
        for (var path : List.of(
                "/.well-known/openid-credential-issuer/bonn",
                "/.well-known/oauth-authorization-server/bonn",
                "/bonn/nonce",
                "/bonn",
                "/ulmer/nonce")) {
            assertThat(server.get(path).status()).as(path).isEqualTo(404);
        }

        server.admin("POST", "/admin/tenants/ulm/disable", JsonObject.empty());
        for (var path :
                List.of("/.well-known/openid-credential-issuer/ulm", "/ulm", "/ulm/token", "/ulm/admin/offers")) {
            assertThat(server.get(path).status()).as(path).isEqualTo(404);
        }
        server.admin("POST", "/admin/tenants/ulm/enable", JsonObject.empty());
        assertThat(ulm.issue("erika").status()).isEqualTo(200);
        assertThat(server.main().issue("erika").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("has names, keys, types and claims of its own")
    void itsOwn() {
        var ulm = server.tenant(
                "ulm",
                ServerWithTenants.definition()
                        .with("settings", JsonObject.of(Map.of("display", List.of(Map.of("name", "City of Ulm"))))));
        var bonn = server.tenant("bonn", JsonObject.empty());

        var ours = server.get("/.well-known/openid-credential-issuer/ulm")
                .bodyObject()
                .read(CredentialIssuerMetadata::read);
        assertThat(ours.display().getFirst().name()).contains("City of Ulm");
        assertThat(ours.configurations()).containsOnlyKeys("ticket_dc_sd_jwt", "permit_dc_sd_jwt");
        assertThat(server.get("/ulm").bodyText()).contains("City of Ulm");
        var theirs = server.get("/.well-known/openid-credential-issuer/bonn")
                .bodyObject()
                .read(CredentialIssuerMetadata::read);
        assertThat(theirs.configurations()).doesNotContainKey("ticket_dc_sd_jwt");
        assertThat(ulm.get("/jwks").bodyText()).isNotEqualTo(bonn.get("/jwks").bodyText());
        assertThat(data.resolve("tenants/ulm/trust-anchor.pem"))
                .exists()
                .content()
                .isNotEqualTo(data.resolve("trust-anchor.pem").toFile().toString());
    }

    @Test
    @DisplayName("a definition is replaced by the next, and comes back by a roll-back; who is late is told so")
    void versions() {
        server.tenant("ulm", ServerWithTenants.definition());
        var second = JsonObject.builder()
                .put("replaces", 1)
                .put(
                        "definition",
                        JsonObject.of(Map.of("settings", Map.of("display", List.of(Map.of("name", "Second"))))))
                .build();

        assertThat(server.admin("PUT", "/admin/tenants/ulm", second)
                        .bodyObject()
                        .integer("version"))
                .isEqualTo(2);
        assertThat(server.get("/ulm").bodyText()).contains("Second");
        assertThat(server.admin("PUT", "/admin/tenants/ulm", second).status()).isEqualTo(409);

        assertThat(server.admin("POST", "/admin/tenants/ulm/rollback", JsonObject.empty())
                        .bodyObject()
                        .integer("version"))
                .isEqualTo(3);
        assertThat(server.get("/ulm").bodyText()).doesNotContain("Second");
        assertThat(server.admin("GET", "/admin/tenants/ulm/versions", JsonObject.empty())
                        .bodyObject()
                        .objects("versions"))
                .extracting(version -> version.integer("version"))
                .containsExactly(3L, 2L, 1L);
    }

    @Test
    @DisplayName("a definition that cannot be served is refused, with what is wrong, and nothing has changed")
    void refused() {
        for (var wrong : Map.of(
                        "{\"settings\":{\"batchsize\":{\"x\":1}}}", "no setting batchsize",
                        "{\"settings\":{\"data-directory\":\"/tmp\"}}", "not for a tenant",
                        "{\"settings\":{\"database\":{\"url\":\"jdbc:sqlite:x\"}}}", "not for a tenant",
                        "{\"settings\":{\"admin\":{\"token\":\"abcdefghijklmnopqrst\"}}}", "no setting admin.token",
                        "{\"settings\":{\"webhooks\":{\"hr\":{\"url\":\"https://x.example\",\"secret\":\"${hr}\"}}}}",
                                "intaglio.tenants.values.hr",
                        "{\"files\":{\"../x\":\"\"}}", "file's name",
                        "{\"files\":{\"types/a.yaml\":\"id: a\"}}", "a.yaml",
                        "{\"files\":{\"key.pem\":\"-----BEGIN PRIVATE KEY-----\"}}", "private key",
                        "{\"address\":\"moon\"}", "path or subdomain",
                        "{\"issuer\":\"http://example.com\"}", "https")
                .entrySet()) {
            var order = "{\"name\":\"ulm\",\"definition\":" + wrong.getKey() + "}";
            var answer =
                    server.admin("POST", "/admin/tenants", Json.readObject(order.getBytes(StandardCharsets.UTF_8)));
            assertThat(answer.status()).as(wrong.getKey()).isEqualTo(400);
            assertThat(answer.bodyText()).as(wrong.getKey()).contains(wrong.getValue());
        }
        for (var name : List.of("admin", "token", "nonce", "Ulm", "", "a.b", "-a")) {
            var order = JsonObject.builder()
                    .put("name", name)
                    .put("definition", JsonObject.empty())
                    .build();
            assertThat(server.admin("POST", "/admin/tenants", order).status())
                    .as(name)
                    .isEqualTo(400);
        }
        assertThat(server.admin("GET", "/admin/tenants", JsonObject.empty())
                        .bodyObject()
                        .objects("tenants"))
                .isEmpty();
        assertThat(data.resolve("tenants")).doesNotExist();
    }

    @Test
    @DisplayName("two have not one name or one address")
    void taken() {
        server.tenant("ulm", ServerWithTenants.definition());
        var again = JsonObject.builder()
                .put("name", "ulm")
                .put("definition", JsonObject.empty())
                .build();
        assertThat(server.admin("POST", "/admin/tenants", again).status()).isEqualTo(409);
        var there = JsonObject.builder()
                .put("name", "other")
                .put("definition", Map.of("issuer", server.at("/ulm").toString()))
                .build();
        assertThat(server.admin("POST", "/admin/tenants", there).status()).isEqualTo(409);
    }

    @Test
    @DisplayName("are there again after a restart, with the keys they had")
    void restart() {
        server.tenant("ulm", ServerWithTenants.definition());
        var keys = server.get("/ulm/jwks").bodyText();
        server.close();

        server = ServerWithTenants.start(data);
        assertThat(server.get("/ulm/jwks").bodyText()).isEqualTo(keys);
    }

    @Test
    @DisplayName("cost no thread each")
    void threads() {
        server.tenant("first", JsonObject.empty()).issue("erika");
        var before = Thread.getAllStackTraces().size();
        for (var number = 0; number < 10; number++) {
            server.tenant("tenant-" + number, JsonObject.empty()).issue("erika");
        }
        assertThat(Thread.getAllStackTraces().size()).isLessThan(before + 10);
    }
}
