package dev.intaglio.benchmark;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.credential.CredentialRequest;
import dev.intaglio.protocol.credential.CredentialResponse;
import dev.intaglio.protocol.credential.Proofs;
import dev.intaglio.protocol.http.Handler;
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
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// Takes credentials as a wallet would, over HTTP, from several threads: token, nonce, credential. Every proof is by a fresh
/// key. Offers are made before the clock starts.
final class LoadClient {
    private static final int THREADS = 4;

    private static final Handler TRANSPORT = JdkTransport.create();

    private final Handler transport = TRANSPORT;
    private final URI server;
    private final String adminToken;
    private final String configurationId;
    private final int copies;

    /// @param copies how many credentials a request asks for
    LoadClient(URI server, String adminToken, String configurationId, int copies) {
        this.server = server;
        this.adminToken = adminToken;
        this.configurationId = configurationId;
        this.copies = copies;
    }

    List<CredentialOffer> offers(int count) throws InterruptedException, ExecutionException {
        return concurrently(count, i -> offer());
    }

    /// Redeems all offers; returns how many credentials came.
    int receive(List<CredentialOffer> offers) throws InterruptedException, ExecutionException {
        return concurrently(offers.size(), i -> receive(offers.get(i))).stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /// Redeems the offers of many issuers, one each; returns how many credentials came.
    static int receiveAll(List<LoadClient> clients, List<List<CredentialOffer>> offers)
            throws InterruptedException, ExecutionException {
        return concurrently(
                        clients.size(),
                        i -> clients.get(i).receive(offers.get(i).getFirst()))
                .stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private URI at(String path) {
        return URI.create(server + path);
    }

    private CredentialOffer offer() {
        var wanted = JsonObject.builder()
                .put("subject", "erika")
                .put("configurations", List.of(configurationId))
                .put("tx_code", false)
                .build();
        var response = transport.handle(
                Request.post(at("/admin/offers"), wanted).with("Authorization", "Bearer " + adminToken));
        return expect(201, response).object("offer").read(CredentialOffer::read);
    }

    private int receive(CredentialOffer offer) {
        var code = offer.grants()
                .preAuthorizedCode()
                .map(Grants.PreAuthorizedCode::code)
                .orElseThrow();
        var tokenRequest = TokenRequest.of(new Grant.PreAuthorizedCode(code, Optional.empty()));
        var token = expect(200, transport.handle(Request.post(at("/token"), tokenRequest.write())))
                .read(TokenResponse::read);
        var nonce = expect(200, transport.handle(Request.post(at("/nonce"))))
                .read(NonceResponse::read)
                .cNonce();
        var proofs = new ArrayList<String>();
        for (var i = 0; i < copies; i++) {
            proofs.add(JwtKeyProof.make(
                    SigningKey.generate(JWSAlgorithm.ES256),
                    offer.credentialIssuer(),
                    Instant.now(),
                    Optional.of(nonce),
                    Optional.empty()));
        }
        var request = CredentialRequest.of(
                new CredentialRequest.Selector.Configuration(configurationId), new Proofs.Jwt(proofs));
        var response = transport.handle(Request.post(at("/credential"), request.write())
                .with("Authorization", "Bearer " + token.accessToken()));
        return ((CredentialResponse.Issued) expect(200, response).read(CredentialResponse::read))
                .credentials()
                .size();
    }

    private static JsonObject expect(int status, Response response) {
        if (response.status() != status) {
            throw new IllegalStateException(
                    "expected " + status + ", the server answered " + response + ": " + response.bodyText());
        }
        return response.bodyObject();
    }

    private interface Step<T> {
        T run(int i);
    }

    private static <T> List<T> concurrently(int count, Step<T> step) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var results = new ArrayList<T>(count);
            for (var result : threads.invokeAll(IntStream.range(0, count)
                    .<Callable<T>>mapToObj(i -> () -> step.run(i))
                    .toList())) {
                results.add(result.get());
            }
            return results;
        }
    }
}
