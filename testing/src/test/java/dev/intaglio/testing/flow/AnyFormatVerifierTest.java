package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.ReceivedCredential;
import dev.intaglio.wallet.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("One door checks a credential of any format")
class AnyFormatVerifierTest {
    private static final CredentialVerifiers VERIFIERS = CredentialVerifiers.onClassPath();
    private static final Instant NOW = TestIssuer.NOW;

    private final TestIssuer issuer = TestIssuer.create();

    private ReceivedCredential received(String configuration) {
        var wallet = Wallet.builder(issuer.handler(), issuer.anchors())
                .clock(issuer.clock())
                .build();
        var outcome = (Outcome.Received)
                wallet.receive(wallet.resolve(issuer.offer(configuration).linkByValue()), Optional.empty());
        return outcome.credentials().getFirst();
    }

    private TrustAnchors anchors() {
        var published = issuer.handler()
                .handle(Request.get(issuer.identifier().resolve("/.well-known/jwt-vc-issuer")))
                .bodyObject();
        var keys = published.object("jwks").objects("keys").stream()
                .map(SignedJwt::publicKey)
                .toList();
        return issuer.anchors().with(keys);
    }

    private static void assertRejected(Verification outcome, Reason... reasons) {
        assertThat(outcome).isInstanceOf(Verification.Rejected.class);
        assertThat(((Verification.Rejected) outcome).reason()).isIn((Object[]) reasons);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TestIssuer.PID,
                TestIssuer.PID_MDOC,
                TestIssuer.MDL,
                "diploma_jwt_vc_json",
                "diploma_jwt_vc_json-ld",
                "diploma_vc_jwt",
                "diploma_vc_sd_jwt",
                "diploma_ldp_vc"
            })
    @DisplayName("knows which it is, and says why it is not to be relied on")
    void each(String configuration) {
        var received = received(configuration);
        var credential = received.value();
        JWK holder = received.holderKey().orElseThrow().publicJwk();

        var verified = (Verification.Verified) VERIFIERS.verify(credential, anchors(), NOW, holder);
        assertThat(verified.type()).isEqualTo(received.verified().type());

        var somebody = SigningKey.generate(JWSAlgorithm.ES256).publicJwk();
        assertRejected(VERIFIERS.verify(credential, anchors(), NOW, somebody), Reason.HOLDER_KEY);
        assertRejected(VERIFIERS.verify(credential, TestIssuer.create().anchors(), NOW), Reason.UNTRUSTED_ISSUER);
        assertRejected(VERIFIERS.verify(credential, TrustAnchors.none(), NOW), Reason.UNTRUSTED_ISSUER);
        // A certificate may be over by then, too; which of the two is said first is the format's affair.
        assertRejected(
                VERIFIERS.verify(credential, anchors(), NOW.plus(Duration.ofDays(4_000))),
                Reason.EXPIRED,
                Reason.UNTRUSTED_ISSUER);
        assertRejected(
                VERIFIERS.verify(credential, anchors(), NOW.minus(Duration.ofDays(4_000))),
                Reason.NOT_YET_VALID,
                Reason.UNTRUSTED_ISSUER);
        assertThat(VERIFIERS.verify(changed(credential), anchors(), NOW)).isInstanceOf(Verification.Rejected.class);

        var revoked = VERIFIERS.asking(good -> new Verification.Rejected(Reason.TYPE, "not wanted today"));
        assertRejected(revoked.verify(credential, anchors(), NOW), Reason.TYPE);
        assertThat(VERIFIERS.asking(good -> good).verify(credential, anchors(), NOW))
                .isInstanceOf(Verification.Verified.class);
    }

    /// Somewhere in the middle of what is signed.
    private static Object changed(Object credential) {
        if (credential instanceof String text) {
            var middle = text.length() / 2;
            var letter = text.charAt(middle) == 'A' ? 'B' : 'A';
            return text.substring(0, middle) + letter + text.substring(middle + 1);
        }
        var document = credential instanceof Map<?, ?> members ? JsonObject.of(members) : (JsonObject) credential;
        return document.with("validUntil", "2099-01-01T00:00:00Z");
    }

    @Test
    @DisplayName("refuses what is none, and never throws")
    void nonsense() {
        for (var nonsense : List.of(
                "",
                "a",
                "a.b.c",
                "a.b.c~",
                "~",
                "eyJhbGciOiJub25lIn0.e30.",
                "eyJhbGciOiJub25lIn0.e30.~",
                "o2FhAWFiAmFjAw",
                1,
                JsonObject.empty(),
                Map.of("@context", "a", "proof", "b"))) {
            assertRejected(VERIFIERS.verify(nonsense, anchors(), NOW), Reason.MALFORMED, Reason.TYPE);
        }
    }
}
