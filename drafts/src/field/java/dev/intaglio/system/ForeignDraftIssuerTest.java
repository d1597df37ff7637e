package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.dialect.InterpreterProvider;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Our wallet against an issuer that is not ours (`@openid4vc/openid4vci`, unmodified) and speaks a draft.
@Tag("node")
@DisplayName("An issuer of another maker that speaks a draft")
class ForeignDraftIssuerTest {
    @ParameterizedTest(name = "draft {0}, DPoP: {2}, {3} copies")
    @CsvSource({
        "11, draft-11, false, 1",
        "14, draft-13, true, 1",
        "14, draft-14, false, 3",
        "15, draft-15, true, 1",
        "15, draft-15, false, 2"
    })
    @DisplayName("gives our wallet a credential; the wallet finds out what is spoken")
    void gives(String version, String spoken, boolean dpop, int copies)
            throws IOException, ParseException, InterruptedException {
        var process = dpop
                ? NodeScript.start("issuer.mjs", "--draft", version, "--batch", String.valueOf(copies), "--dpop")
                : NodeScript.start("issuer.mjs", "--draft", version, "--batch", String.valueOf(copies));
        Thread.ofVirtual()
                .start(() -> process.errorReader(StandardCharsets.UTF_8).lines().forEach(line -> {}));
        try (var output = process.inputReader(StandardCharsets.UTF_8);
                var keepAlive = process.getOutputStream()) {
            var issuer = Json.readObject(output.readLine());
            var keys = new JWKSet(JWK.parse(issuer.object("issuerJwk").members()));
            var interpreter = InterpreterProvider.find(JdkTransport.create());
            var wallet = Wallet.builder(interpreter.transport(), TrustAnchors.none())
                    .verifier(new SdJwtVcVerifier(keys))
                    .dpop(dpop)
                    .copies(copies)
                    .build();

            var offer = wallet.resolve(interpreter.link(issuer.string("offerByReference")));
            assertThat(wallet.receive(offer, Optional.of("wrong"))).isInstanceOf(Outcome.Refused.class);
            var outcome = wallet.receive(offer, issuer.optionalString("txCode"));

            assertThat(outcome).isInstanceOf(Outcome.Received.class);
            var credentials = ((Outcome.Received) outcome).credentials();
            assertThat(credentials).hasSize(copies);
            assertThat(credentials.getFirst().verified().type()).isEqualTo(issuer.string("vct"));
            assertThat(credentials.getFirst().holderKey()).isPresent();
            assertThat(interpreter.spoken()).contains(spoken);
            keepAlive.flush();
        } finally {
            process.destroy();
            process.waitFor();
        }
    }
}
