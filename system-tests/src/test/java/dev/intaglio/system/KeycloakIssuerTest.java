package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.dialect.InterpreterProvider;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our wallet at a real Keycloak that issues SD-JWT VCs (`oid4vc-vci`).
@Tag("keycloak")
@DisplayName("Keycloak as the issuer")
class KeycloakIssuerTest {
    private static Keycloak keycloak;

    @BeforeAll
    static void start() throws IOException {
        keycloak = Keycloak.start();
    }

    @AfterAll
    static void stop() {
        keycloak.close();
    }

    private static URI issuer() {
        return keycloak.realm("membership");
    }

    private static JsonObject json(Request request) {
        var response = JdkTransport.create().handle(request);
        assertThat(response.successful()).as(response.bodyText()).isTrue();
        return response.bodyObject();
    }

    /// Made by a service of the realm that may make offers.
    private static String offer() {
        var token = json(Request.post(
                URI.create(issuer() + "/protocol/openid-connect/token"),
                Form.empty()
                        .with("grant_type", "client_credentials")
                        .with("client_id", "desk")
                        .with("client_secret", "only-for-offers")));
        var made = json(Request.get(URI.create(issuer() + "/protocol/oid4vc/create-credential-offer"
                        + "?credential_configuration_id=membership&pre_authorized=true&target_user=erika"))
                .with("Authorization", "Bearer " + token.string("access_token")));
        return "openid-credential-offer://?"
                + Form.empty()
                        .with("credential_offer_uri", made.string("issuer") + "/" + made.string("nonce"))
                        .encoded();
    }

    @ParameterizedTest(name = "DPoP: {0}")
    @ValueSource(booleans = {false, true})
    @Requirement({"W-OFFER-2", "W-META-1", "W-NONCE-1", "W-PROOF-4", "W-CRED-1", "W-RESP-1", "W-TOKEN-1"})
    @DisplayName("gives our wallet a credential for a pre-authorized code; the wallet finds that it speaks 1.0")
    void gives(boolean dpop) throws ParseException {
        var keys = json(Request.get(URI.create(issuer() + "/protocol/openid-connect/certs")));
        var interpreter = InterpreterProvider.find(JdkTransport.create());
        var wallet = Wallet.builder(interpreter.transport(), TrustAnchors.none())
                .verifier(new SdJwtVcVerifier(JWKSet.parse(keys.text())))
                .dpop(dpop)
                .build();

        var outcome = wallet.receive(wallet.resolve(interpreter.link(offer())), Optional.empty());

        assertThat(outcome).isInstanceOf(Outcome.Received.class);
        var credential = ((Outcome.Received) outcome).credentials().getFirst();
        assertThat(credential.verified().type()).isEqualTo("urn:example:membership");
        assertThat(credential.verified().claims().string("family_name")).isEqualTo("Mustermann");
        assertThat(credential.holderKey()).isPresent();
        assertThat(interpreter.spoken()).isEmpty();
    }
}
