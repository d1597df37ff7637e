package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our wallet and our verifier against an issuer that is not ours (`@openid4vc/openid4vci`, `@sd-jwt/sd-jwt-vc`).
@Tag("node")
@DisplayName("An issuer of another maker")
class ForeignIssuerTest {
    @ParameterizedTest(name = "DPoP with server nonces: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("gives our wallet a credential")
    @Requirement({
        "W-OFFER-2",
        "W-OFFER-8",
        "W-META-1",
        "W-META-6",
        "W-NONCE-1",
        "W-PROOF-4",
        "W-CRED-1",
        "W-RESP-1",
        "W-RESP-5",
        "W-TOKEN-1"
    })
    void gives(boolean dpop) throws IOException, ParseException, InterruptedException {
        var process = dpop ? NodeScript.start("issuer.mjs", "--dpop") : NodeScript.start("issuer.mjs");
        Thread.ofVirtual()
                .start(() -> process.errorReader(StandardCharsets.UTF_8).lines().forEach(line -> {}));
        try (var output = process.inputReader(StandardCharsets.UTF_8);
                var keepAlive = process.getOutputStream()) {
            var issuer = Json.readObject(output.readLine());
            var keys = new JWKSet(JWK.parse(issuer.object("issuerJwk").members()));
            var wallet = Wallet.builder(JdkTransport.create(), TrustAnchors.none())
                    .verifier(new SdJwtVcVerifier(keys))
                    .dpop(dpop)
                    .build();

            var offer = wallet.resolve(issuer.string("offerByReference"));
            assertThat(wallet.receive(offer, Optional.of("wrong"))).isInstanceOf(Outcome.Refused.class);
            var outcome = wallet.receive(offer, issuer.optionalString("txCode"));

            assertThat(outcome).isInstanceOf(Outcome.Received.class);
            var credential = ((Outcome.Received) outcome).credentials().getFirst();
            assertThat(credential.verified().type()).isEqualTo(issuer.string("vct"));
            assertThat(credential.holderKey()).isPresent();
            keepAlive.flush();
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    @DisplayName("makes SD-JWT VCs that our verifier reads, disclosures nested and in arrays, and refuses when altered")
    void verifies() throws ParseException {
        var holder = SigningKey.generate(JWSAlgorithm.ES256);
        var question = JsonObject.builder()
                .put(
                        "claims",
                        Map.of(
                                "vct", "https://example.com/degree",
                                "iss", "https://university.example",
                                "given_name", "Erika",
                                "address", Map.of("locality", "Berlin", "country", "DE"),
                                "nationalities", List.of("DE", "FR")))
                .put(
                        "disclosureFrame",
                        Map.of(
                                "_sd", List.of("given_name", "address"),
                                "address", Map.of("_sd", List.of("locality")),
                                "nationalities", Map.of("_sd", List.of(0, 1))))
                .put("holderJwk", JsonObject.of(holder.publicJwk().toJSONObject()))
                .build();

        var made = NodeScript.run("issue-sd-jwt.mjs", question.text()).json();

        var verifier = new SdJwtVcVerifier(
                new JWKSet(JWK.parse(made.object("issuerJwk").members())));
        var verified = verifier.verify(made.string("credential"), TrustAnchors.none(), Instant.now());
        assertThat(verified).isInstanceOf(Verification.Verified.class);
        var claims = ((Verification.Verified) verified).claims();
        assertThat(claims.string("given_name")).isEqualTo("Erika");
        assertThat(claims.object("address").string("locality")).isEqualTo("Berlin");
        assertThat(claims.strings("nationalities")).containsExactly("DE", "FR");

        var altered = made.string("credential").replaceFirst("~.", "~_");
        assertThat(verifier.verify(altered, TrustAnchors.none(), Instant.now()))
                .isInstanceOf(Verification.Rejected.class);
    }
}
