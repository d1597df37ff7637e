package dev.intaglio.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.credential.CredentialRequest;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.nonce.NonceResponse;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.protocol.proof.JwtKeyProof;
import dev.intaglio.server.TestIssuer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A server, and what tests do with its tenants over the network.
final class ServerWithTenants implements AutoCloseable {
    static final String TICKET = "ticket_dc_sd_jwt";

    /// Two types whose claims are in a file; the permit waits for approval.
    private static final Map<String, String> FILES = Map.of(
            "types/ticket.yaml", """
                    id: ticket
                    status: true
                    display:
                      - {locale: en, name: Ticket}
                    claims:
                      - {path: [seat], sd: never}
                    formats:
                      dc+sd-jwt: {vct: "urn:example:ticket:1"}
                    """,
            "types/permit.yaml", """
                    id: permit
                    approval: manual
                    display:
                      - {locale: en, name: Permit}
                    claims:
                      - {path: [seat], sd: never}
                    formats:
                      dc+sd-jwt: {vct: "urn:example:permit:1"}
                    """,
            "claims.json", "{\"erika\": {\"ticket\": {\"seat\": \"7A\"}, \"permit\": {\"seat\": \"7A\"}}}");

    private final TestIssuer server;

    private ServerWithTenants(TestIssuer server) {
        this.server = server;
    }

    static ServerWithTenants start(Path data, String... properties) {
        return new ServerWithTenants(TestIssuer.start(data, properties));
    }

    static JsonObject definition() {
        return JsonObject.builder().put("files", FILES).build();
    }

    URI at(String path) {
        return server.at(path);
    }

    TestIssuer server() {
        return server;
    }

    Response get(String path) {
        return server.get(path);
    }

    Response send(Request request) {
        return server.send(request);
    }

    /// With the operator's token.
    Response admin(String method, String path, JsonObject body) {
        var request = Request.post(at(path), body);
        return server.send(
                server.admin(new Request(method, request.uri(), request.headers(), request.body(), request.remote())));
    }

    One tenant(String name, JsonObject definition) {
        var created = admin(
                "POST",
                "/admin/tenants",
                JsonObject.builder()
                        .put("name", name)
                        .put("definition", definition)
                        .build());
        assertThat(created.status()).as(created.bodyText()).isEqualTo(201);
        return new One(
                URI.create(created.bodyObject().string("issuer")),
                created.bodyObject().string("admin_token"),
                definition.has("files") ? TICKET : TestIssuer.DIPLOMA);
    }

    One main() {
        return new One(server.server().issuer(), server.server().adminToken(), TestIssuer.DIPLOMA);
    }

    /// One issuer of the server, and what its admin and a wallet do with it.
    ///
    /// @param configuration what is asked for
    final class One {
        private final URI issuer;
        private final String adminToken;
        private final String configuration;

        One(URI issuer, String adminToken, String configuration) {
            this.issuer = issuer;
            this.adminToken = adminToken;
            this.configuration = configuration;
        }

        URI issuer() {
            return issuer;
        }

        String adminToken() {
            return adminToken;
        }

        String configuration() {
            return configuration;
        }

        URI at(String path) {
            return URI.create(issuer + path);
        }

        Response get(String path) {
            return send(Request.get(at(path)));
        }

        JsonObject offer(String subject) {
            return offer(Map.of(
                    "subject", subject, "configurations", List.of(configuration), "grant", "pre-authorized_code"));
        }

        JsonObject offer(Map<String, Object> order) {
            var made = send(Request.post(at("/admin/offers"), JsonObject.of(order))
                    .with("Authorization", "Bearer " + adminToken));
            assertThat(made.status()).as(made.bodyText()).isEqualTo(201);
            return made.bodyObject();
        }

        Response redeem(JsonObject offer) {
            return send(TestIssuer.tokenRequest(at("/token"), offer));
        }

        TokenResponse token(String subject) {
            return redeem(offer(subject)).bodyObject().read(TokenResponse::read);
        }

        Response tokens(Map<String, String> form) {
            return form("/token", form);
        }

        Response form(String path, Map<String, String> form) {
            var fields = Form.empty();
            for (var field : form.entrySet()) {
                fields = fields.with(field.getKey(), field.getValue());
            }
            return send(Request.post(at(path), fields));
        }

        String nonce() {
            return send(Request.post(at("/nonce")))
                    .bodyObject()
                    .read(NonceResponse::read)
                    .cNonce();
        }

        String proof(SigningKey key, String nonce) {
            return JwtKeyProof.make(key, issuer, Instant.now(), Optional.of(nonce), Optional.empty());
        }

        Response credential(String accessToken, String proof) {
            var request = CredentialRequest.of(
                    new CredentialRequest.Selector.Configuration(configuration), new Proofs.Jwt(List.of(proof)));
            return send(
                    Request.post(at("/credential"), request.write()).with("Authorization", "Bearer " + accessToken));
        }

        Response issue(String subject) {
            return issueWith(token(subject).accessToken());
        }

        Response issueWith(String accessToken) {
            return credential(accessToken, proof(SigningKey.generate(JWSAlgorithm.ES256), nonce()));
        }

        Response post(String path, JsonObject body, String bearer) {
            return send(Request.post(at(path), body).with("Authorization", "Bearer " + bearer));
        }

        Response adminGet(String path, String bearer) {
            return send(Request.get(at(path)).with("Authorization", "Bearer " + bearer));
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
