package dev.intaglio.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An issuer whose identifier has a path, behind a proxy that ends TLS.
class TenantTest {
    private static final String ISSUER = "https://issuer.example/tenant";

    @TempDir
    private static Path data;

    private static TestIssuer issuer;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.start(data, "intaglio.issuer", ISSUER, "server.address", "127.0.0.1");
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @Test
    @DisplayName("the metadata is at the path that is inserted before the tenant's")
    @Requirement({"CI-META-2", "AS-META-1"})
    void metadataIsAtTheInsertedPath() {
        var response = issuer.get("/.well-known/openid-credential-issuer/tenant");

        var metadata = response.bodyObject().read(CredentialIssuerMetadata::read);
        assertThat(metadata.credentialIssuer()).hasToString(ISSUER);
        assertThat(metadata.credentialEndpoint()).hasToString(ISSUER + "/credential");
        assertThat(metadata.write()).isEqualTo(response.bodyObject());
        var server =
                issuer.get("/.well-known/oauth-authorization-server/tenant").bodyObject();
        assertThat(server.read(AuthorizationServerMetadata::read).tokenEndpoint())
                .contains(URI.create(ISSUER + "/token"));
        assertThat(issuer.get("/.well-known/openid-credential-issuer").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("pages, their files and the admin interface are under the tenant's path")
    void pagesAreUnderThePath() {
        var offer = issuer.offer(true);
        var page = URI.create(offer.string("page"));
        assertThat(page.toString()).startsWith(ISSUER + "/offer/");

        var shown = issuer.page(page.getRawPath());

        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.bodyText()).contains("href=\"/tenant/assets/intaglio.css\"");
        assertThat(issuer.get("/tenant/assets/intaglio.css").mediaType()).isEqualTo("text/css");
        assertThat(issuer.get("/tenant/assets/credentials.css").mediaType()).isEqualTo("text/css");
        assertThat(issuer.page("/tenant").status()).isEqualTo(200);
        assertThat(issuer.page("/").status()).isEqualTo(404);
        assertThat(issuer.get("/admin/configurations").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("a DPoP proof for the public address is good, although the request came by another")
    void dpopNamesThePublicAddress() {
        var key = SigningKey.generate(JWSAlgorithm.ES256);
        var request = TestIssuer.tokenRequest(issuer.at("/tenant/token"), issuer.offer(true));
        var nonce = issuer.send(request.with(DpopProof.HEADER, proof(key, ISSUER + "/token", Optional.empty())))
                .header(DpopProof.NONCE_HEADER);

        var elsewhere = issuer.send(request.with(
                DpopProof.HEADER, proof(key, issuer.at("/tenant/token").toString(), nonce)));
        var response = issuer.send(request.with(DpopProof.HEADER, proof(key, ISSUER + "/token", nonce)));

        assertThat(elsewhere.bodyObject().string("error")).isEqualTo("invalid_dpop_proof");
        assertThat(response.status()).as(response.bodyText()).isEqualTo(200);
        assertThat(response.bodyObject().string("token_type")).isEqualTo("DPoP");
    }

    @Test
    @DisplayName("an offer by reference names the public address")
    void referenceIsPublic() {
        var reference = URI.create(issuer.offer(false).string("credential_offer_uri"));

        assertThat(reference.toString()).startsWith(ISSUER + "/offers/");
        assertThat(issuer.send(Request.get(issuer.at(reference.getRawPath()))).status())
                .isEqualTo(200);
    }

    private static String proof(SigningKey key, String uri, Optional<String> nonce) {
        var id = DpopProof.newId(new SecureRandom());
        return DpopProof.make(key, id, "POST", URI.create(uri), Instant.now(), nonce, Optional.empty());
    }
}
