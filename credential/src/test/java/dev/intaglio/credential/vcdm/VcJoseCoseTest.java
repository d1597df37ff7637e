package dev.intaglio.credential.vcdm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The example of VC-JOSE-COSE")
class VcJoseCoseTest {
    private static final Instant NOW = Instant.parse("2026-11-03T10:15:30Z");

    @Test
    @DisplayName(
            "is a credential of data model 2.0 though its header has no typ, by the key that comes with the specification")
    void example() throws IOException {
        try (var stream = Objects.requireNonNull(VcJoseCoseTest.class.getResourceAsStream("/vcdm/vc-jose-cose.json"))) {
            var example = Json.readObject(stream.readAllBytes(), JsonLimits.DOCUMENT);
            var trusted = TrustAnchors.none().with(List.of(SignedJwt.publicKey(example.object("key"))));
            var jwt = example.string("jwt");

            var verified =
                    (Verification.Verified) CredentialVerifiers.onClassPath().verify(jwt, trusted, NOW);
            assertThat(verified.format()).isEqualTo("vc+jwt");
            assertThat(verified.type()).isEqualTo("ExampleAlumniCredential");
            assertThat(verified.claims().has("credentialSchema")).isTrue();

            assertThat(new JwtVcVerifier().verify(jwt, TrustAnchors.none(), NOW))
                    .isInstanceOfSatisfying(
                            Verification.Rejected.class,
                            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.UNTRUSTED_ISSUER));
            var end = jwt.lastIndexOf('.');
            var changed = jwt.substring(0, end + 5) + (jwt.charAt(end + 5) == 'A' ? 'B' : 'A') + jwt.substring(end + 6);
            assertThat(new JwtVcVerifier().verify(changed, trusted, NOW))
                    .isInstanceOfSatisfying(
                            Verification.Rejected.class,
                            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.SIGNATURE));
        }
    }
}
