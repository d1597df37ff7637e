package dev.intaglio.server;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.credential.CredentialRequest;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.nonce.NonceResponse;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.oauth.TokenRequest;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.Grants;
import dev.intaglio.protocol.proof.JwtKeyProof;
import dev.intaglio.spring.AssembledIssuer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// A server on a free port, and what tests do with it over the network.
public final class TestIssuer implements AutoCloseable {
    public static final String DIPLOMA = "diploma_sd_jwt";

    private final JdkTransport transport = JdkTransport.create();
    private final RunningServer server;

    private TestIssuer(RunningServer server) {
        this.server = server;
    }

    public static TestIssuer start(Path data, String... properties) {
        var all = new HashMap<String, Object>(Map.of("server.port", 0, "intaglio.data-directory", data));
        for (var i = 0; i < properties.length; i += 2) {
            all.put(properties[i], properties[i + 1]);
        }
        return new TestIssuer(IntaglioServer.start(all));
    }

    public RunningServer server() {
        return server;
    }

    /// Whatever the server has mapped for its main issuer, as a method and a path each: of the protocol, of pages, of the admin
    /// interface.
    public Set<String> endpoints() {
        var main = server.context().getBean(AssembledIssuer.class);
        var all = new TreeSet<>(main.issuer().endpoints());
        all.addAll(main.authorization().endpoints());
        server.context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues()
                        .forEach(path -> methods(mapping).forEach(method -> all.add(method + " " + path))));
        return all;
    }

    private static List<String> methods(RequestMappingInfo mapping) {
        var methods = mapping.getMethodsCondition().getMethods();
        return methods.isEmpty()
                ? List.of("GET")
                : methods.stream().map(Enum::name).toList();
    }

    public URI at(String path) {
        return server.address().resolve(path);
    }

    public Response send(Request request) {
        return transport.handle(request);
    }

    public Response get(String path) {
        return send(Request.get(at(path)));
    }

    public Response page(String path) {
        return send(Request.get(at(path)).with("Accept", "text/html"));
    }

    public Request admin(Request request) {
        return request.with("Authorization", "Bearer " + server.adminToken());
    }

    /// @return what the admin interface answers with 201
    public JsonObject offer(JsonObject order) {
        var path = server.issuer().getRawPath();
        var base = path.equals("/") ? "" : path;
        var response = send(admin(Request.post(at(base + "/admin/offers"), order)));
        if (response.status() != 201) {
            throw new AssertionError(response.bodyText());
        }
        return response.bodyObject();
    }

    public JsonObject offer(boolean txCode) {
        return offer(JsonObject.builder()
                .put("subject", "erika")
                .put("configurations", List.of(DIPLOMA))
                .put("tx_code", txCode)
                .build());
    }

    public static Request tokenRequest(URI address, JsonObject offer) {
        var code = offer.object("offer").read(CredentialOffer::read).grants().preAuthorizedCode();
        return Request.post(
                address,
                TokenRequest.of(new Grant.PreAuthorizedCode(
                                code.map(Grants.PreAuthorizedCode::code).orElseThrow(),
                                offer.optionalString("tx_code")))
                        .write());
    }

    public TokenResponse redeem(JsonObject offer) {
        return send(tokenRequest(at("/token"), offer)).bodyObject().read(TokenResponse::read);
    }

    public Request credentialRequest(TokenResponse token) {
        var nonce = send(Request.post(at("/nonce")))
                .bodyObject()
                .read(NonceResponse::read)
                .cNonce();
        var proof = JwtKeyProof.make(
                SigningKey.generate(JWSAlgorithm.ES256),
                server.issuer(),
                Instant.now(),
                Optional.of(nonce),
                Optional.empty());
        var request = CredentialRequest.of(
                new CredentialRequest.Selector.Configuration(DIPLOMA), new Proofs.Jwt(List.of(proof)));
        return Request.post(at("/credential"), request.write()).with("Authorization", "Bearer " + token.accessToken());
    }

    @Override
    public void close() {
        server.close();
    }
}
