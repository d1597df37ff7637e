package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.BrowserFlow.begin;
import static dev.intaglio.testing.flow.BrowserFlow.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.authorization.interaction.Decision;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.Asking;
import dev.intaglio.wallet.AuthorizationStart;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.PendingAuthorization;
import dev.intaglio.wallet.ReceivedCredential;
import dev.intaglio.wallet.Renewal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The wallet by authorization code")
class WalletCodeFlowTest {
    private final BrowserFlow flow = BrowserFlow.create();

    private static List<ReceivedCredential> received(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Received.class);
        return ((Outcome.Received) outcome).credentials();
    }

    private static List<String> ids(Outcome outcome) {
        return received(outcome).stream()
                .map(ReceivedCredential::configurationId)
                .toList();
    }

    private static SignedJwt proof(Request request) {
        return SignedJwt.parse(request.header("DPoP").orElseThrow());
    }

    @Test
    @Requirement({
        "W-AUTHZ-1",
        "W-AUTHZ-4",
        "W-AUTHZ-5",
        "W-AUTHZ-7",
        "W-AUTHZ-8",
        "W-OFFER-6",
        "W-TOKEN-2",
        "W-DPOP-2",
        "W-DPOP-4",
        "HAIP-W-5"
    })
    @DisplayName(
            "pushes the request and sends the browser with what stands for it; code and token are bound to its key")
    void pushed() {
        var wallet = flow.named().build();
        var link = flow.offer(TestIssuer.PID);
        var start = begin(wallet, link);

        var pushed = form(flow.requests("/par").getLast());
        assertThat(Form.read(start.address().getRawQuery())).hasToString("Form[client_id, request_uri]");
        assertThat(pushed.value("scope")).contains(TestIssuer.PID);
        var issuerState = wallet.resolve(link)
                .offer()
                .grants()
                .authorizationCode()
                .orElseThrow()
                .issuerState();
        assertThat(pushed.value("issuer_state")).isPresent().isEqualTo(issuerState);
        assertThat(pushed.value("code_challenge_method")).contains("S256");
        assertThat(pushed.value("authorization_details")).isEmpty();
        assertThat(pushed.value("state").orElseThrow())
                .hasSize(43)
                .isEqualTo(start.pending().state());

        assertThat(ids(wallet.complete(start.pending(), flow.browse(start.address()))))
                .containsExactly(TestIssuer.PID);
        var jkt = pushed.value("dpop_jkt").orElseThrow();
        for (var end : List.of("/par", "/token", "/credential")) {
            var request = flow.requests(end).getLast();
            assertThat(DpopProof.thumbprint(proof(request).headerKey().orElseThrow()))
                    .isEqualTo(jkt);
            assertThat(proof(request).claims().has("nonce")).isTrue();
        }
        assertThat(flow.requests("/par"))
                .hasSize(2)
                .extracting(one -> proof(one).claims().string("jti"))
                .doesNotHaveDuplicates();
        assertThat(flow.requests("/credential"))
                .as("its nonce came from the nonce endpoint")
                .hasSize(1);

        var token = form(flow.requests("/token").getLast());
        assertThat(token.value("code_verifier")).contains(start.pending().codeVerifier());
        assertThat(token.value("tx_code")).isEmpty();
        var second = begin(wallet, flow.offer(TestIssuer.PID)).pending();
        assertThat(second.codeVerifier()).isNotEqualTo(start.pending().codeVerifier());
        assertThat(second.state()).isNotEqualTo(start.pending().state());
    }

    @Test
    @Requirement({"W-AUTHZ-1", "W-AUTHZ-9", "W-TOKEN-4", "W-CRED-1", "W-CRED-2"})
    @DisplayName("asks by details for several credentials, and then by the identifiers that the token names")
    void byDetails() {
        var wallet = flow.named().asking(Asking.BY_DETAILS).build();
        assertThat(ids(flow.receive(wallet, flow.offer(TestIssuer.PID, TestIssuer.DIPLOMA))))
                .containsExactly(TestIssuer.PID, TestIssuer.DIPLOMA);

        var pushed = form(flow.requests("/par").getLast());
        assertThat(pushed.value("scope")).isEmpty();
        assertThat(AuthorizationDetail.readParameter(
                        pushed.value("authorization_details").orElseThrow()))
                .containsExactly(AuthorizationDetail.of(TestIssuer.PID), AuthorizationDetail.of(TestIssuer.DIPLOMA));
        assertThat(flow.requests("/credential"))
                .extracting(request -> Json.readObject(request.body()).members().keySet())
                .allSatisfy(members -> assertThat(members)
                        .contains("credential_identifier")
                        .doesNotContain("credential_configuration_id"));
    }

    @Test
    @Requirement("W-META-7")
    @DisplayName("a credential without scope is asked for by details")
    void withoutScope() {
        flow.changing(exchange -> exchange.request().uri().getPath().contains("openid-credential-issuer")
                ? exchange.answered(
                        Response.json(200, withoutScopes(exchange.response().bodyObject())))
                : exchange);
        flow.receive(flow.named().build(), flow.offer(TestIssuer.PID));
        assertThat(form(flow.requests("/par").getLast()).value("authorization_details"))
                .isPresent();
    }

    private static JsonObject withoutScopes(JsonObject metadata) {
        var supported = metadata.object("credential_configurations_supported");
        var changed = new HashMap<String, Object>();
        supported
                .members()
                .keySet()
                .forEach(id -> changed.put(id, supported.object(id).without("scope")));
        return metadata.with("credential_configurations_supported", changed);
    }

    @Test
    @Requirement("W-AUTHZ-4")
    @DisplayName("where nothing can be pushed, the browser carries the request")
    void plain() {
        flow.changingMetadata(metadata -> metadata.without("pushed_authorization_request_endpoint"));
        var wallet = flow.named().build();
        var start = begin(wallet, flow.offer(TestIssuer.PID));
        var carried = Form.read(start.address().getRawQuery());
        assertThat(carried.value("response_type")).contains("code");
        assertThat(carried.value("dpop_jkt")).isPresent();
        assertThat(ids(wallet.complete(start.pending(), flow.browse(start.address()))))
                .containsExactly(TestIssuer.PID);
        assertThat(flow.requests("/par")).isEmpty();
    }

    @Test
    @Requirement({"W-OFFER-5", "W-META-6", "W-OFFER-10"})
    @DisplayName("begins without an offer, too, and with one that names no grant")
    void withoutOffer() {
        var wallet = flow.named().build();
        var resolved = wallet.resolve(flow.issuer().identifier(), List.of(TestIssuer.DIPLOMA));
        assertThat(resolved.needsBrowser()).isTrue();
        var start = (AuthorizationStart.Ready) wallet.begin(resolved, BrowserFlow.REDIRECT);
        assertThat(ids(wallet.complete(start.pending(), flow.browse(start.address()))))
                .containsExactly(TestIssuer.DIPLOMA);
        assertThat(form(flow.requests("/par").getLast()).value("issuer_state")).isEmpty();
    }

    @Test
    @Requirement({"W-AUTHZ-2", "W-AUTHZ-3"})
    @DisplayName("an authorization server that is not the issuer is told which issuer is meant")
    void severalIssuers() {
        var apart = BrowserFlow.create(
                UnaryOperator.identity(), issuer -> issuer.authorizationServer(URI.create("https://login.example")));
        assertThat(ids(apart.receive(apart.named().build(), apart.offer(TestIssuer.PID))))
                .containsExactly(TestIssuer.PID);
        assertThat(form(apart.requests("/par").getLast()).value("resource")).contains("https://issuer.example");

        assertThat(ids(apart.receive(apart.named().asking(Asking.BY_DETAILS).build(), apart.offer(TestIssuer.PID))))
                .containsExactly(TestIssuer.PID);
        var pushed = form(apart.requests("/par").getLast());
        assertThat(pushed.value("resource")).isEmpty();
        assertThat(AuthorizationDetail.readParameter(
                                pushed.value("authorization_details").orElseThrow())
                        .getFirst()
                        .locations())
                .containsExactly("https://issuer.example");
    }

    @Test
    @Requirement("HAIP-W-2")
    @DisplayName("a registered client signs an assertion for each request, meant for the issuer of the server alone")
    void privateKeyJwt() {
        var wallet = flow.wallet()
                .clientId("signing-wallet")
                .privateKeyJwt(BrowserFlow.CLIENT_KEY)
                .build();
        assertThat(ids(flow.receive(wallet, flow.offer(TestIssuer.PID)))).containsExactly(TestIssuer.PID);
        var assertions = List.of(
                        flow.requests("/par").getLast(), flow.requests("/token").getLast())
                .stream()
                .map(request ->
                        SignedJwt.parse(form(request).value("client_assertion").orElseThrow()))
                .toList();
        assertThat(assertions)
                .extracting(assertion -> assertion.claims().string("aud"))
                .containsOnly("https://issuer.example");
        assertThat(assertions)
                .extracting(assertion -> assertion.claims().string("jti"))
                .doesNotHaveDuplicates();
    }

    @Test
    @Requirement({"W-DPOP-5", "W-SEC-5", "W-AUTHZ-7"})
    @DisplayName("what is pending and what renews can be written down; renewed credentials have new keys")
    void survivesRestart() {
        var refreshing =
                BrowserFlow.create(settings -> settings.withRefreshTokens(Duration.ofDays(30)), issuer -> issuer);
        var keys = new HashMap<String, SigningKey>();
        var renewals = new ArrayList<JsonObject>();
        var building = refreshing
                .named()
                .keys(algorithm -> kept(keys, algorithm))
                .renewals(renewal -> renewals.add(renewal.write()));
        var start = begin(building.build(), refreshing.offer(TestIssuer.PID));
        var pending = PendingAuthorization.read(
                Json.readObject(start.pending().write().text()), keys::get);
        assertThat(pending).isEqualTo(start.pending());

        var first = received(building.build().complete(pending, refreshing.browse(start.address())));
        var jkt = proof(refreshing.requests("/token").getLast()).headerKey();
        assertThat(renewals).hasSize(1);

        var second = received(building.build().renew(Renewal.read(renewals.getLast(), keys::get)));
        assertThat(proof(refreshing.requests("/token").getLast()).headerKey()).isEqualTo(jkt);
        assertThat(second.getFirst().holderKey()).isNotEqualTo(first.getFirst().holderKey());
        assertThat(keys)
                .containsKey(DpopProof.thumbprint(
                        second.getFirst().holderKey().orElseThrow().publicJwk()));
    }

    private static SigningKey kept(Map<String, SigningKey> keys, JWSAlgorithm algorithm) {
        var key = SigningKey.generate(algorithm);
        keys.put(DpopProof.thumbprint(key.publicJwk()), key);
        return key;
    }

    @Test
    @Requirement("W-AUTHZ-7")
    @DisplayName("a user who declines is an outcome, and nothing is redeemed")
    void declined() {
        var page = "https://login.example/?interaction=";
        var asked = BrowserFlow.create(
                new UserInteraction.Pages(id -> URI.create(page + id)), settings -> settings, issuer -> issuer);
        var wallet = asked.named().build();
        var start = begin(wallet, asked.offer(TestIssuer.PID));
        var interaction = asked.browse(start.address()).toString().substring(page.length());
        var callback = asked.issuer()
                .authorizationServer()
                .complete(interaction, new Decision.Denied())
                .orElseThrow();

        assertThat(wallet.complete(start.pending(), callback))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo("access_denied"));
        assertThat(asked.requests("/token")).isEmpty();
    }

    @Test
    @DisplayName("a request that the server does not take is an outcome")
    void refusedPush() {
        var wallet = flow.wallet().clientId("stranger").build();
        assertThat(wallet.begin(wallet.resolve(flow.offer(TestIssuer.PID)), BrowserFlow.REDIRECT))
                .isInstanceOfSatisfying(
                        AuthorizationStart.Refused.class,
                        refused -> assertThat(refused.refusal().error()).startsWith("invalid_"));
    }

    @Test
    @Requirement({"W-RESP-4", "W-CRED-2"})
    @DisplayName("credentials that came stay when a later one of the offer does not")
    void keepsWhatCame() {
        var bilbo = BrowserFlow.create(
                new UserInteraction.AutoApproval(TestIssuer.BILBO), settings -> settings, issuer -> issuer);
        var outcome = bilbo.receive(bilbo.named().build(), bilbo.offer(TestIssuer.EMPLOYEE, TestIssuer.DIPLOMA));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Partly.class, partly -> {
            assertThat(ids(partly.received())).containsExactly(TestIssuer.EMPLOYEE);
            assertThat(partly.missing()).hasSize(1).first().satisfies(missing -> {
                assertThat(missing.configurationId()).isEqualTo(TestIssuer.DIPLOMA);
                assertThat(missing.outcome())
                        .isInstanceOfSatisfying(
                                Outcome.Refused.class,
                                refused -> assertThat(refused.error()).isEqualTo("credential_request_denied"));
            });
        });
    }
}
