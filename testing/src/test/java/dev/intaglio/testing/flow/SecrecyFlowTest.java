package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.offer.CreatedOffer;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.protocol.credential.CredentialRequest;
import dev.intaglio.protocol.credential.CredentialResponse;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.nonce.NonceResponse;
import dev.intaglio.protocol.oauth.TokenRequest;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import dev.intaglio.protocol.offer.TxCode;
import dev.intaglio.protocol.proof.JwtKeyProof;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Plays a whole flow, most of it wrong, and then looks for what was said in it where it must not be.
@DisplayName("§15.3 What is secret stays out of logs, of error responses and of toString")
class SecrecyFlowTest {
    /// As `simplelogger.properties` says.
    private static final Path LOG = Path.of("target", "test-log.txt");

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Response> responses = new CopyOnWriteArrayList<>();
    private final List<CreatedOffer> offers = new ArrayList<>();
    private boolean databaseIsDown;

    private final TestIssuer issuer = TestIssuer.builder().datasets(this::find).build();
    private final CredentialDatasets people = TestIssuer.sampleDatasets();
    private final TestWallet wallet = TestWallet.of(this::record, issuer.identifier(), issuer.clock());

    private CredentialDatasets.Lookup find(Entitlement entitlement) {
        if (databaseIsDown) {
            throw new IllegalStateException("the database is down");
        }
        return people.find(entitlement);
    }

    private Response record(Request request) {
        var response = issuer.handler().handle(request);
        requests.add(request);
        responses.add(response);
        return response;
    }

    @Test
    @Requirement("CI-PRIV-3")
    @DisplayName("no code, token, nonce, proof, credential, reference or claim of a flow is in the log")
    void log() throws IOException {
        var before = logLength();
        play();
        var written = logFrom(before);
        assertThat(written)
                .contains("invalid_grant", "invalid_proof", "invalid_nonce", "invalid_token", "the database is down");
        for (var secret : secrets()) {
            assertThat(written).as("the log").doesNotContain(secret);
        }
    }

    @Test
    @Requirement("CI-ERR-2")
    @DisplayName("no error response repeats a value of its request")
    void errors() {
        play();
        var refusals =
                responses.stream().filter(response -> response.status() >= 400).toList();
        assertThat(refusals).hasSizeGreaterThan(10);
        var secrets = secrets();
        for (var refusal : refusals) {
            for (var secret : secrets) {
                assertThat(refusal.bodyText()).doesNotContain(secret);
                assertThat(refusal.headers().all("WWW-Authenticate").toString()).doesNotContain(secret);
            }
        }
    }

    @Test
    @DisplayName("none of it is in what toString says of the messages")
    void toStrings() {
        play();
        var said = new ArrayList<String>();
        offers.forEach(created -> said.addAll(List.of(
                created.toString(),
                created.offer().toString(),
                CredentialOfferUri.read(created.linkByValue()).toString(),
                CredentialOfferUri.read(created.linkByReference()).toString())));
        requests.forEach(request ->
                said.addAll(Arrays.asList(request.toString(), request.headers().toString(), words(request))));
        responses.forEach(response -> said.addAll(
                Arrays.asList(response.toString(), response.headers().toString(), words(response))));
        issuer.stores().issued().forEach(record -> said.add(record.toString().replace(record.id(), "")));
        assertThat(said).hasSizeGreaterThan(100);
        var everything = String.join("\n", said);
        assertThat(everything)
                .contains(
                        "TokenResponse", "PreAuthorizedCode", "Issued[", "JwtKeyProof", "NonceResponse", "ByReference");
        var secrets = secrets();
        secrets.remove("unheard-of"); // an identifier may be said
        for (var secret : secrets) {
            assertThat(everything).doesNotContain(secret);
        }
    }

    @Test
    @DisplayName("a fault is 500 server_error that says nothing, and the token and its offer survive it")
    void fault() {
        var token = wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token();
        databaseIsDown = true;
        var response = wallet.request(token, TestIssuer.PID).send();
        assertRefused(response, 500, "server_error");
        assertThat(response.bodyText()).doesNotContain("database");
        databaseIsDown = false;
        assertThat(wallet.request(token, TestIssuer.PID).credential()).isNotEmpty();
    }

    private void play() {
        var created = issuer.offer(TxCode.numeric(12, "In the letter"), TestIssuer.PID, TestIssuer.EMPLOYEE);
        offers.add(created);
        var offer = wallet.offer(created.linkByReference());
        wallet.redeem(offer).send();
        wallet.redeem(offer).txCode("998877665544").send();
        wallet.redeem(offer)
                .txCode("998877665544%")
                .http(request ->
                        request.withBody(Form.MEDIA_TYPE, "tx_code=%998877665544".getBytes(StandardCharsets.US_ASCII)))
                .send();
        wallet.redeem(offer)
                .txCode(created.txCode().orElseThrow())
                .authorizationDetails("unheard-of-configuration")
                .send();
        wallet.redeem(offer)
                .txCode(created.txCode().orElseThrow())
                .parameter("client_secret", "swordfish-swordfish")
                .send();
        var bearer = wallet.redeem(offer).txCode(created.txCode().orElseThrow()).token();
        wallet.redeem(offer).txCode(created.txCode().orElseThrow()).send();
        wallet.get(created.reference());
        wallet.request(bearer, TestIssuer.PID)
                .proof(proof -> proof.audience("https://unheard-of.example"))
                .send();
        wallet.request(bearer, TestIssuer.PID)
                .proof(proof -> proof.nonce("a-nonce-of-somebody-else"))
                .send();
        wallet.request(bearer, TestIssuer.PID)
                .http(http -> http.with("Authorization", "Bearer an-unheard-of-token"))
                .send();
        wallet.request(bearer, TestIssuer.PID)
                .configuration("unheard-of-configuration")
                .send();
        wallet.request(bearer, TestIssuer.PID)
                .body(body -> body.with("credential_configuration_id", List.of("swordfish-swordfish")))
                .send();
        wallet.request(bearer, TestIssuer.PID)
                .http(http ->
                        http.withBody("application/json", "{swordfish-swordfish".getBytes(StandardCharsets.UTF_8)))
                .send();
        var proofs = wallet.keyProofs(2);
        wallet.request(bearer, TestIssuer.PID).proofs(proofs).credentials();
        wallet.request(bearer, TestIssuer.PID).proofs(proofs).send();
        var another = issuer.offer(TestIssuer.PID);
        offers.add(another);
        var bound = wallet.withDpop();
        var token = bound.redeem(wallet.offer(another.linkByValue()))
                .authorizationDetails(TestIssuer.PID)
                .token();
        bound.request(token, TestIssuer.PID).identifier("unheard-of-identifier").send();
        bound.request(token, TestIssuer.PID)
                .dpop(proof -> proof.claim("htu", "https://unheard-of.example"))
                .send();
        bound.request(token, TestIssuer.PID).credential();
        databaseIsDown = true;
        bound.request(token, TestIssuer.PID).send();
        databaseIsDown = false;
        var open = issuer.offer(TestIssuer.PID);
        offers.add(open);
        wallet.get(open.reference());
        wallet.send(Request.post(open.reference()));
    }

    /// Everything that was said in the flow and is not a word of the standard, of the metadata or of ours.
    private TreeSet<String> secrets() {
        var secrets = new TreeSet<>(List.of(
                "998877665544",
                "swordfish-swordfish",
                "unheard-of",
                "a-nonce-of-somebody-else",
                "Mustermann",
                "Erika",
                "Heidestrasse",
                "1964-08-12",
                "Bundesdruckerei"));
        for (var created : offers) {
            secrets.add(
                    created.offer().grants().preAuthorizedCode().orElseThrow().code());
            secrets.add(created.pageId());
            secrets.add(created.reference().getPath().substring("/offers/".length()));
            created.txCode().ifPresent(secrets::add);
        }
        for (var request : requests) {
            request.header("DPoP").ifPresent(proof -> secrets.addAll(List.of(proof.split("\\."))));
            request.header("Authorization")
                    .ifPresent(value ->
                            secrets.addAll(List.of(value.split("[ .]")).subList(1, value.split("[ .]").length)));
            object(request.body())
                    .flatMap(body -> body.optionalObject("proofs"))
                    .flatMap(proofs -> proofs.optionalStrings("jwt"))
                    .ifPresent(compact -> compact.forEach(proof -> secrets.addAll(List.of(proof.split("\\.")))));
        }
        for (var response : responses) {
            response.header("DPoP-Nonce").ifPresent(secrets::add);
            object(response.body()).ifPresent(body -> {
                body.optionalString("c_nonce").ifPresent(secrets::add);
                body.optionalString("access_token").ifPresent(token -> secrets.addAll(List.of(token.split("\\."))));
                body.optionalObjects("credentials")
                        .ifPresent(credentials -> credentials.forEach(one ->
                                secrets.addAll(List.of(one.string("credential").split("[.~]")))));
            });
        }
        secrets.removeIf(secret -> secret.length() < 4);
        assertThat(secrets).hasSizeGreaterThan(60);
        return secrets;
    }

    private static String words(Request request) {
        if (request.mediaType().equals(Form.MEDIA_TYPE)) {
            try {
                var form = Form.read(new String(request.body(), StandardCharsets.UTF_8));
                return form + " " + TokenRequest.read(form);
            } catch (RuntimeException refused) {
                return String.valueOf(refused.getMessage());
            }
        }
        return object(request.body())
                .map(body -> {
                    try {
                        var read = body.read(CredentialRequest::read);
                        var proofs = body.object("proofs").strings("jwt").stream()
                                .map(JwtKeyProof::read)
                                .map(JwtKeyProof::toString)
                                .toList();
                        return body + " " + read.proofs() + proofs;
                    } catch (JsonException refused) {
                        return String.valueOf(refused.getMessage());
                    }
                })
                .orElse("");
    }

    private static String words(Response response) {
        return object(response.body())
                .map(body -> {
                    if (body.has("access_token"))
                        return TokenResponse.read(body).toString();
                    if (body.has("credentials"))
                        return CredentialResponse.read(body).toString();
                    if (body.has("c_nonce")) return NonceResponse.read(body).toString();
                    return body.toString();
                })
                .orElse("");
    }

    private static Optional<JsonObject> object(byte[] body) {
        try {
            return Optional.of(Json.readObject(body));
        } catch (JsonException none) {
            return Optional.empty();
        }
    }

    private static long logLength() throws IOException {
        return Files.exists(LOG) ? Files.size(LOG) : 0;
    }

    private static String logFrom(long position) throws IOException {
        var bytes = Files.readAllBytes(LOG);
        return new String(bytes, (int) position, bytes.length - (int) position, StandardCharsets.UTF_8);
    }
}
