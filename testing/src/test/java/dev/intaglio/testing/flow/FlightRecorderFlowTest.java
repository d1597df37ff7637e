package dev.intaglio.testing.flow;

import static dev.intaglio.testing.TestIssuer.DIPLOMA;
import static dev.intaglio.testing.TestIssuer.EMPLOYEE;
import static dev.intaglio.testing.TestIssuer.PID;
import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.credential.DeferralPolicy;
import dev.intaglio.issuer.encryption.EncryptionPolicy;
import dev.intaglio.issuer.offer.CreatedOffer;
import dev.intaglio.issuer.offer.OfferRequest;
import dev.intaglio.issuer.recorder.FlightRecorder;
import dev.intaglio.issuer.recorder.Timelines;
import dev.intaglio.issuer.recorder.TraceName;
import dev.intaglio.issuer.spi.IssuanceRule.Verdict;
import dev.intaglio.issuer.store.TraceStep;
import dev.intaglio.issuer.store.Traces;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.notification.NotificationRequest.Event;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.protocol.offer.TxCode;
import dev.intaglio.protocol.trail.Trail;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import dev.intaglio.testing.store.TracesInMemory;
import dev.intaglio.wallet.Wallet;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The flight recorder")
class FlightRecorderFlowTest {
    private final AtomicReference<Verdict> verdict = new AtomicReference<>(Verdict.allow());
    private final TestIssuer issuer = TestIssuer.builder()
            .credentialIssuerOptions(
                    options -> options.deferralPolicy(DeferralPolicy.DEFAULT.with(entitlement -> verdict.get())))
            .build();
    private final TracesInMemory traces = new TracesInMemory();
    private final AtomicInteger requests = new AtomicInteger();
    private final FlightRecorder recorder = FlightRecorder.start(
            Duration.ofDays(3), () -> Optional.of("request-" + requests.incrementAndGet()), issuer.clock());
    private final List<Request> asked = new CopyOnWriteArrayList<>();
    private final List<Response> answered = new CopyOnWriteArrayList<>();
    private final TestWallet wallet = wallet(issuer);

    @AfterEach
    void close() throws InterruptedException {
        recorder.close();
    }

    private Handler recorded(TestIssuer by) {
        var endpoints = recorder.around(by.handler(), traces);
        return request -> {
            // The clock stands; steps are told apart by time.
            issuer.clock().advance(Duration.ofMillis(5));
            var response = endpoints.handle(request);
            asked.add(request);
            answered.add(response);
            return response;
        };
    }

    private TestWallet wallet(TestIssuer by) {
        return TestWallet.of(recorded(by), by.identifier(), by.clock());
    }

    /// What is done outside the protocol is followed by whoever does it.
    private <T> T act(Supplier<T> work) {
        issuer.clock().advance(Duration.ofMillis(5));
        try (var trail = Trail.begin()) {
            var result = work.get();
            recorder.record(trail, traces);
            return result;
        }
    }

    private CreatedOffer offer(String... configurationIds) {
        return act(() -> issuer.offer(configurationIds));
    }

    private JsonObject timeline(String name) {
        return found(name).orElseThrow(() -> new AssertionError("nothing is recorded"));
    }

    private Optional<JsonObject> found(String name) {
        try {
            recorder.flush();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        return new Timelines(traces).find(TraceName.of(name));
    }

    private static List<String> steps(JsonObject timeline) {
        return timeline.objects("steps").stream()
                .map(step -> step.string("step") + ": " + step.string("meaning"))
                .toList();
    }

    private static String reference(CreatedOffer created) {
        return created.reference().getPath().substring("/offers/".length());
    }

    @Test
    @DisplayName(
            "shows one timeline from offer to notification, found by offer, page, any request, token and notification")
    void preAuthorizedCode() {
        var created = act(() -> issuer.offer(TxCode.numeric(6, "By post"), PID));
        var offer = wallet.offer(created.linkByReference());
        assertRefused(wallet.redeem(offer).txCode("0000000").send(), 400, "invalid_grant");
        var token = wallet.redeem(offer).txCode(created.txCode().orElseThrow()).token();
        var response = wallet.request(token, PID).send();
        var notificationId = response.bodyObject().string("notification_id");
        wallet.tell(token, notificationId, Event.CREDENTIAL_ACCEPTED);
        var timeline = timeline(reference(created));
        assertThat(steps(timeline))
                .containsExactly(
                        "done: an offer is made",
                        "offer: the wallet reads the offer",
                        "token: refused: invalid_grant",
                        "token: an access token is given",
                        "nonce: a nonce is given",
                        "credential: 1 credential issued",
                        "notification: the wallet tells: credential_accepted");
        assertThat(timeline.string("outcome")).isEqualTo("the wallet tells: credential_accepted");
        for (var name : List.of(
                created.pageId(),
                offer.grants().preAuthorizedCode().orElseThrow().code(),
                token.accessToken(),
                notificationId)) {
            assertThat(timeline(name)).isEqualTo(timeline);
        }
        for (var step : timeline.objects("steps")) {
            assertThat(timeline(step.string("request_id"))).isEqualTo(timeline);
        }
        assertThat(found("request-0")).isEmpty();
    }

    @Test
    @DisplayName("looks into encrypted messages as the issuer did")
    void encrypted() {
        var encrypting = TestIssuer.builder()
                .encryption(EncryptionPolicy.OPTIONAL)
                .clock(issuer.clock())
                .build();
        var way = Wallet.builder(recorded(encrypting), encrypting.anchors())
                .clock(issuer.clock())
                .build();
        var created = act(() -> encrypting.offer(PID));
        way.receive(way.resolve(created.linkByReference()), Optional.empty());
        var timeline = timeline(reference(created));
        assertThat(steps(timeline)).contains("nonce: a nonce is given", "credential: 1 credential issued");
        var step = timeline.objects("steps").stream()
                .filter(one -> one.string("step").equals("credential"))
                .reduce((first, last) -> last)
                .orElseThrow();
        assertThat(step.object("request").object("encrypted").object("header").string("enc"))
                .matches("A\\d+GCM");
        assertThat(step.object("request").object("body").string("credential_configuration_id"))
                .isEqualTo(PID);
        assertThat(step.object("response")
                        .object("body")
                        .objects("credentials")
                        .getFirst()
                        .string("credential"))
                .matches("string\\(\\d+\\)");
        assertThat(timeline.text()).doesNotContain("eyJ", "Mustermann");
    }

    @Test
    @DisplayName("shows proofs decoded, and by which rule a request was refused: expected, came, section")
    void refusal() {
        var token = wallet.redeem(offer(PID).offer()).token();
        wallet.request(token, PID)
                .proof(proof -> proof.audience("https://other.example"))
                .send();
        var steps = timeline(token.accessToken()).objects("steps");
        var step = steps.getLast();
        assertThat(step.object("refused").string("error")).isEqualTo("invalid_proof");
        assertThat(step.object("refused").string("expected"))
                .isEqualTo(issuer.identifier().toString());
        assertThat(step.object("refused").string("came")).isEqualTo("https://other.example");
        assertThat(step.object("refused").string("section")).contains("App. F");
        assertThat(step.object("response").optionalInt("status")).hasValue(400);
        var proof = step.object("request")
                .object("body")
                .object("proofs")
                .objects("jwt")
                .getFirst();
        assertThat(proof.object("header").string("typ")).isEqualTo("openid4vci-proof+jwt");
        assertThat(proof.object("header").string("alg")).isEqualTo("ES256");
        assertThat(proof.object("header").object("jwk").string("thumbprint")).hasSize(43);
        assertThat(proof.object("payload").string("aud")).isEqualTo("https://other.example");
        assertThat(proof.object("payload").string("nonce")).matches("string\\(\\d+\\)");
        assertThat(step.object("request").object("headers").string("Authorization"))
                .matches("Bearer string\\(\\d+\\)");
    }

    @Test
    @DisplayName("follows a deferred credential by its transaction, over the decision of somebody at the issuer")
    void deferred() {
        verdict.set(Verdict.askOperator());
        var token = wallet.redeem(offer(PID).offer()).token();
        var transaction = wallet.request(token, PID).send().bodyObject().string("transaction_id");
        wallet.askAgain(token, transaction);
        var waiting = issuer.credentialIssuer().approvals().open(10).getFirst();
        assertThat(act(() -> issuer.credentialIssuer().approvals().approve(waiting.handle())))
                .isTrue();
        wallet.askAgain(token, transaction);
        var timeline = timeline(transaction);
        assertThat(steps(timeline))
                .containsSubsequence(
                        "done: an offer is made",
                        "credential: not yet: the wallet is to come back",
                        "deferred: not yet: the wallet is to come back",
                        "done: somebody at the issuer approves",
                        "deferred: 1 credential issued");
        assertThat(timeline(waiting.handle())).isEqualTo(timeline);
        assertThat(timeline.string("outcome")).isEqualTo("1 credential issued");
    }

    @Nested
    @DisplayName("in the authorization code flow")
    class CodeFlow {
        private final TestIssuer issuer = CodeFlowWallet.anyIssuer();
        private final Handler endpoints = recorded(issuer);

        private Response post(String path, Form form) {
            return endpoints.handle(Request.post(issuer.identifier().resolve(path), form));
        }

        private TokenResponse tokens(UnaryOperator<Form> change) {
            var way = CodeFlowWallet.at(issuer);
            var requestUri =
                    post("/par", change.apply(way.asking())).bodyObject().string("request_uri");
            var query = Form.empty().with("client_id", CodeFlowWallet.ID).with("request_uri", requestUri);
            var opened =
                    endpoints.handle(Request.get(URI.create(issuer.identifier() + "/authorize?" + query.encoded())));
            return TokenResponse.read(
                    post("/token", way.redeeming(CodeFlowWallet.code(opened))).bodyObject());
        }

        @Test
        @DisplayName("ties pushed request, browser, token and credential together")
        void tied() {
            var token = tokens(form -> form);
            wallet(issuer).withClientId(CodeFlowWallet.ID).request(token, PID).credentials();
            assertThat(steps(timeline(token.accessToken())))
                    .containsExactly(
                            "par: the authorization request is taken",
                            "authorize: the user agrees",
                            "token: an access token is given",
                            "nonce: a nonce is given",
                            "credential: 1 credential issued");
        }

        @Test
        @DisplayName("an offer for many leads to all who took it up, but not from one to another")
        void offerForMany() {
            var created = issuer.offer(OfferRequest.toSignIn(Optional.empty(), List.of(PID), Duration.ofMinutes(5)));
            var state = created.offer()
                    .grants()
                    .authorizationCode()
                    .orElseThrow()
                    .issuerState()
                    .orElseThrow();
            var one = tokens(form -> form.with("issuer_state", state));
            var other = tokens(form -> form.with("issuer_state", state));
            assertThat(timeline(one.accessToken()).objects("steps")).hasSize(3);
            assertThat(timeline(other.accessToken()).objects("steps")).hasSize(3);
            assertThat(timeline(state).objects("steps")).hasSize(6);
        }
    }

    @Test
    @DisplayName(
            "does not keep what belongs to no issuance: documents, nonces nobody used, requests that came too often")
    void nothingElse() {
        wallet.nonce();
        wallet.get(issuer.identifier().resolve("/.well-known/openid-credential-issuer"));
        wallet.get(issuer.identifier().resolve("/jwks"));
        var tooOften = recorder.around(request -> Response.status(429), traces);
        tooOften.handle(Request.post(issuer.identifier().resolve("/token")));
        assertThat(found("request-1")).isEmpty();
        assertThat(traces.all()).isEmpty();
    }

    @Test
    @DisplayName("an issuance neither waits for its record nor fails by it; what is not kept is counted")
    void neverInTheWay() throws InterruptedException {
        var blocked = new CountDownLatch(1);
        var slow = new Traces() {
            @Override
            public void add(List<TraceStep> steps) {
                try {
                    blocked.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                throw new IllegalStateException("the disk is full");
            }

            @Override
            public List<TraceStep> about(Collection<String> names, int atMost) {
                return List.of();
            }
        };
        var own = TestWallet.of(recorder.around(issuer.handler(), slow), issuer.identifier(), issuer.clock());
        var token = own.redeem(issuer.offer(PID).offer()).token();
        assertThat(own.request(token, PID).credentials()).hasSize(1);
        for (var i = 0; i < 2_500; i++) {
            own.askAgain(token, "unheard-of");
        }
        assertThat(recorder.dropped()).as("the queue is bounded").isBetween(300L, 2_500L);
        blocked.countDown();
        recorder.flush();
        assertThat(recorder.dropped()).as("and the disk is full").isGreaterThanOrEqualTo(2_500L);
        assertThat(own.request(token, PID).credentials()).hasSize(1);
    }

    @Test
    @Requirement("CI-PRIV-3")
    @DisplayName("keeps no code, token, nonce, credential, signature, reference or claim of any flow, right or wrong")
    void secrets() {
        var secrets = new TreeSet<String>(
                List.of("998877665544", "swordfish-swordfish", "Mustermann", "Erika", "Heidestra", "1964-08-12"));
        for (var round = 0; round < 5; round++) {
            var created = act(() -> issuer.offer(TxCode.numeric(12, "In the letter"), PID, EMPLOYEE, DIPLOMA));
            secrets.add(created.pageId());
            secrets.add(reference(created));
            secrets.add(created.txCode().orElseThrow());
            secrets.add(
                    created.offer().grants().preAuthorizedCode().orElseThrow().code());
            play(round % 2 == 0 ? wallet : wallet.withDpop(), created);
        }
        said(secrets);
        assertThat(secrets).hasSizeGreaterThan(150);
        assertThat(found("request-1")).isPresent();
        var kept = new StringBuilder();
        for (var step : traces.all()) {
            kept.append(step.body()).append(step.names()).append(step.offers()).append(step);
            kept.append(new Timelines(traces)
                    .find(step.names().iterator().next())
                    .orElseThrow()
                    .text());
        }
        assertThat(kept.length()).isGreaterThan(50_000);
        assertThat(kept.indexOf("eyJ")).as("where some JWT is kept").isNegative();
        for (var secret : secrets) {
            assertThat(kept.indexOf(secret)).as("where '%s' is kept", secret).isNegative();
        }
    }

    private void play(TestWallet by, CreatedOffer created) {
        var offer = by.offer(created.linkByReference());
        by.redeem(offer).send();
        by.redeem(offer).txCode("998877665544").send();
        by.redeem(offer)
                .txCode(created.txCode().orElseThrow())
                .parameter("client_secret", "swordfish-swordfish")
                .send();
        by.redeem(offer)
                .txCode(created.txCode().orElseThrow())
                .authorizationDetails("another")
                .send();
        var again = act(() -> issuer.offer(PID, DIPLOMA));
        var token = by.redeem(again.offer()).token();
        by.request(token, PID)
                .proof(proof -> proof.nonce("swordfish-swordfish"))
                .send();
        by.request(token, PID)
                .proof(proof -> proof.claim("family_name", "Mustermann"))
                .send();
        by.request(token, PID)
                .body(body -> body.with(
                        "claims",
                        JsonObject.builder().put("given_name", "Erika").build()))
                .send();
        by.request(token, PID)
                .http(http -> http.with("Authorization", "Bearer swordfish-swordfish"))
                .send();
        by.request(token, DIPLOMA).proofs(by.keyProofs(3)).credentials();
        var response = by.request(token, PID).send();
        by.tell(
                token,
                JsonObject.builder()
                        .put("notification_id", response.bodyObject().string("notification_id"))
                        .put("event", "credential_failure")
                        .put("event_description", "no room for Erika Mustermann")
                        .build());
        verdict.set(Verdict.askOperator());
        var transaction = by.request(token, PID).send().bodyObject().string("transaction_id");
        verdict.set(Verdict.allow());
        by.askAgain(token, transaction);
    }

    /// Everything that was said and is no word of the standard, of the metadata or of ours.
    private void said(TreeSet<String> secrets) {
        for (var request : asked) {
            request.header("DPoP").ifPresent(proof -> secrets.addAll(List.of(proof.split("\\."))));
            request.header("Authorization").ifPresent(value -> secrets.addAll(parts(value.split(" ", 2)[1])));
            object(request.body()).ifPresent(body -> {
                body.optionalObject("proofs")
                        .flatMap(proofs -> proofs.optionalStrings("jwt"))
                        .ifPresent(compact -> compact.forEach(proof -> secrets.addAll(parts(proof))));
                body.optionalString("transaction_id").ifPresent(secrets::add);
                body.optionalString("notification_id").ifPresent(secrets::add);
            });
        }
        for (var response : answered) {
            response.header("DPoP-Nonce").ifPresent(secrets::add);
            object(response.body()).ifPresent(body -> {
                for (var name : List.of("c_nonce", "transaction_id", "notification_id")) {
                    body.optionalString(name).ifPresent(secrets::add);
                }
                body.optionalString("access_token").ifPresent(token -> secrets.addAll(parts(token)));
                body.optionalObjects("credentials")
                        .ifPresent(credentials -> credentials.forEach(one ->
                                secrets.addAll(List.of(one.string("credential").split("[.~]")))));
            });
        }
        secrets.removeIf(secret -> secret.length() < 6);
    }

    private static List<String> parts(String compact) {
        var parts = new ArrayList<>(List.of(compact.split("\\.")));
        parts.add(compact);
        return parts;
    }

    private static Optional<JsonObject> object(byte[] body) {
        try {
            return Optional.of(Json.readObject(body));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
