package dev.intaglio.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.credential.CredentialResponse;
import dev.intaglio.protocol.http.Headers;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntaglioServerTest {
    private static final int MEGABYTE = 1024 * 1024;

    @TempDir
    private static Path data;

    private static TestIssuer issuer;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.start(data);
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @Test
    @DisplayName("the issuer metadata names the port that was taken, and has no member we do not know")
    @Requirement({"CI-META-2", "CI-META-4", "CI-META-11"})
    void issuerMetadata() {
        var response = issuer.get("/.well-known/openid-credential-issuer");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.mediaType()).isEqualTo("application/json");
        var metadata = response.bodyObject().read(CredentialIssuerMetadata::read);
        assertThat(metadata.credentialIssuer()).isEqualTo(issuer.server().address());
        assertThat(metadata.configurations()).containsKey(TestIssuer.DIPLOMA);
        assertThat(metadata.write()).isEqualTo(response.bodyObject());
    }

    @Test
    @DisplayName("the authorization server metadata names the same server, and has no member we do not know")
    @Requirement({"AS-META-1", "AS-META-2"})
    void serverMetadata() {
        var response = issuer.get("/.well-known/oauth-authorization-server");

        var metadata = response.bodyObject().read(AuthorizationServerMetadata::read);
        assertThat(metadata.issuer()).isEqualTo(issuer.server().issuer());
        assertThat(metadata.write()).isEqualTo(response.bodyObject());
    }

    @Test
    @DisplayName("an offer leads to a credential, once")
    void issuesACredential() {
        var offer = issuer.offer(true);
        var token = issuer.redeem(offer);

        var response = issuer.send(issuer.credentialRequest(token));

        assertThat(response.status()).as(response.bodyText()).isEqualTo(200);
        assertThat(response.bodyObject().read(CredentialResponse::read)).isInstanceOf(CredentialResponse.Issued.class);
        var again = issuer.send(TestIssuer.tokenRequest(issuer.at("/token"), offer));
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.bodyObject().string("error")).isEqualTo("invalid_grant");
    }

    @Test
    @DisplayName("an offer by reference can be read twice, and no longer when it was redeemed")
    @Requirement("CI-OFFER-14")
    void offerByReference() {
        var offer = issuer.offer(false);
        var reference = URI.create(offer.string("credential_offer_uri"));
        assertThat(CredentialOfferUri.read(offer.string("link_by_reference")))
                .isEqualTo(new CredentialOfferUri.ByReference(reference));

        var first = issuer.send(Request.get(reference));
        var second = issuer.send(Request.get(reference));

        assertThat(first.mediaType()).isEqualTo("application/json");
        assertThat(first.header("Cache-Control")).contains("no-store");
        assertThat(first.bodyObject()).isEqualTo(offer.object("offer"));
        assertThat(second.bodyObject().read(CredentialOffer::read))
                .isEqualTo(first.bodyObject().read(CredentialOffer::read));

        issuer.redeem(offer);
        assertThat(issuer.send(Request.get(reference)).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("a megabyte sent to the credential endpoint is refused in the endpoint's own words")
    void hugeCredentialRequest() {
        var request = issuer.credentialRequest(issuer.redeem(issuer.offer(false)));
        var huge = new String(request.body(), StandardCharsets.UTF_8) + " ".repeat(MEGABYTE);

        var response = issuer.send(request.withBody("application/json", huge.getBytes(StandardCharsets.UTF_8)));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.mediaType()).isEqualTo("application/json");
        assertThat(response.bodyObject().string("error")).isEqualTo("invalid_credential_request");
    }

    @Test
    @DisplayName("a megabyte sent to the token endpoint is refused in the endpoint's own words")
    void hugeTokenRequest() {
        var huge = ("grant_type=" + "x".repeat(MEGABYTE)).getBytes(StandardCharsets.UTF_8);

        var response =
                issuer.send(Request.post(issuer.at("/token")).withBody("application/x-www-form-urlencoded", huge));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.bodyObject().string("error")).isEqualTo("invalid_request");
    }

    @Test
    @DisplayName("HEAD is answered as GET without the body")
    void head() {
        var uri = issuer.at("/.well-known/openid-credential-issuer");

        var response = issuer.send(new Request("HEAD", uri, Headers.none(), new byte[0], Optional.empty()));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.mediaType()).isEqualTo("application/json");
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/credential", "/token", "/nonce", "/.well-known/openid-credential-issuer"})
    @DisplayName("a browser that asks ahead is let through")
    void preflight(String path) {
        var headers = Headers.of("Origin", "https://wallet.example")
                .with("Access-Control-Request-Method", "POST")
                .with("Access-Control-Request-Headers", "authorization,dpop");

        var response = issuer.send(new Request("OPTIONS", issuer.at(path), headers, new byte[0], Optional.empty()));

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.header("Access-Control-Allow-Origin")).contains("*");
        assertThat(response.header("Access-Control-Allow-Methods").orElseThrow())
                .contains("POST");
        assertThat(response.header("Access-Control-Allow-Headers").orElseThrow())
                .contains("Authorization", "DPoP");
    }

    @Test
    @DisplayName("a wallet in a browser can read refusals and their headers")
    void refusalsAreReadableAcrossOrigins() {
        var response = issuer.send(Request.post(issuer.at("/credential")).with("Origin", "https://wallet.example"));

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.header("WWW-Authenticate")).isPresent();
        assertThat(response.header("Access-Control-Allow-Origin")).contains("*");
        assertThat(response.header("Access-Control-Expose-Headers").orElseThrow())
                .contains("WWW-Authenticate", "DPoP-Nonce");
    }

    @Test
    @DisplayName("a wrong method is told the right one")
    void wrongMethod() {
        var response = issuer.get("/credential");

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("Allow")).contains("POST");
    }

    @Test
    @DisplayName("an unknown path is 404, in the form the client reads, and tells nothing about us")
    void unknownPath() {
        var page = issuer.page("/no/such/thing");
        var json = issuer.get("/no/such/thing");

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.mediaType()).isEqualTo("text/html");
        assertThat(page.bodyText()).contains("There is nothing here").doesNotContain("Exception", "springframework");
        assertThat(json.status()).isEqualTo(404);
        assertThat(json.mediaType()).isEqualTo("application/json");
        assertThat(json.bodyText()).doesNotContain("trace", "exception");
    }

    @Test
    @DisplayName("every answer names its request, each by another id")
    void requestIds() {
        var first = issuer.get("/.well-known/openid-credential-issuer").header("X-Request-Id");
        var second = issuer.page("/").header("X-Request-Id");

        assertThat(first).isPresent();
        assertThat(second).isPresent().isNotEqualTo(first);
    }

    @Test
    @DisplayName("health says whether the database answers and who makes signatures")
    void health() {
        var health = issuer.get("/health").bodyObject();

        assertThat(health.string("status")).isEqualTo("UP");
        var details = health.object("components").object("intaglio").object("details");
        assertThat(details.string("storage")).isEqualTo("answers");
        assertThat(details.string("signatures")).isNotEmpty();
    }

    @Test
    @DisplayName("expired entries are removed in the background, although beans are lazy")
    void housekeepingRuns() {
        assertThat(Thread.getAllStackTraces().keySet())
                .anyMatch(thread -> thread.getName().equals("housekeeping"));
    }
}
