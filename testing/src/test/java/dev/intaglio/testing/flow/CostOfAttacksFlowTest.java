package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.intaglio.issuer.encryption.EncryptionPolicy;
import dev.intaglio.issuer.proof.ProofPolicy;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.AdjustableClock;
import dev.intaglio.testing.TestAttester;
import dev.intaglio.testing.TestBombs;
import dev.intaglio.testing.TestCredentialRequest;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is measured is what the issuer allocates while it answers; time would depend on the machine.
@DisplayName("§13 What an attacker's request may cost")
class CostOfAttacksFlowTest {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// The largest request there is, read a few times over: as text, as bytes, as a tree.
    private static final long BOUND = 16L * 1024 * 1024;

    private final AdjustableClock clock = AdjustableClock.at(TestIssuer.NOW);
    private final TestAttester attester = TestAttester.create(clock);
    private final TestIssuer issuer = TestIssuer.builder()
            .clock(clock)
            .encryption(EncryptionPolicy.OPTIONAL)
            .credentialIssuerOptions(
                    options -> options.proofs(ProofPolicy.DEFAULT.withKeyAttestations(attester.trusted())))
            .build();
    private final TestWallet wallet = issuer.wallet();
    private final TestCredentialRequest request = wallet.request(
            wallet.redeem(issuer.offer(TestIssuer.DIPLOMA).offer()).token(), TestIssuer.DIPLOMA);

    private Response cheaply(TestCredentialRequest attack) {
        var allocated = new long[2];
        UnaryOperator<Request> start = http -> {
            allocated[0] = THREAD.getCurrentThreadAllocatedBytes();
            return http;
        };
        var answer = attack.http(start).send();
        allocated[1] = THREAD.getCurrentThreadAllocatedBytes();
        assertThat(allocated[1] - allocated[0]).as("bytes allocated").isLessThan(BOUND);
        assertThat(request.credential()).as("the token is still good").isNotEmpty();
        return answer;
    }

    @Test
    @Requirement("CI-ENC-8")
    @DisplayName("10 MB of an encrypted message that inflate to 10 GB")
    void largeBomb() {
        var bomb = TestBombs.inflating(wallet, 10_000);
        assertThat(bomb.length).isGreaterThan(10_000_000);
        assertRefused(
                cheaply(request.http(http -> http.withBody("application/jwt", bomb))),
                400,
                "invalid_encryption_parameters");
    }

    @Test
    @Requirement("CI-ENC-8")
    @DisplayName("an encrypted message of the size of a request that inflates to 150 MB")
    void smallBomb() {
        var bomb = TestBombs.inflating(wallet, 150);
        assertThat(bomb.length).isLessThan(256 * 1024);
        assertRefused(
                cheaply(request.http(http -> http.withBody("application/jwt", bomb))),
                400,
                "invalid_credential_request");
    }

    @Test
    @Requirement({"CI-CRED-8", "CI-ERR-3"})
    @DisplayName("100,000 key proofs")
    void manyProofs() {
        for (var proof : List.of("", wallet.keyProof())) {
            var body = TestBombs.proofs(TestIssuer.DIPLOMA, 100_000, proof);
            assertRefused(
                    cheaply(request.http(http -> http.withBody("application/json", body))),
                    400,
                    "invalid_credential_request");
        }
        // As many as go into a request of the allowed size.
        assertRefused(cheaply(request.proofs(Collections.nCopies(60_000, "a"))), 400, "invalid_proof");
    }

    @Test
    @Requirement("CI-ERR-3")
    @DisplayName("JSON nested 10,000 deep")
    void deepJson() {
        for (var nested : List.of("[".repeat(10_000) + "]".repeat(10_000), "{\"a\":".repeat(10_000))) {
            var body = ("{\"credential_configuration_id\":" + nested + "}").getBytes(StandardCharsets.US_ASCII);
            assertRefused(
                    cheaply(request.http(http -> http.withBody("application/json", body))),
                    400,
                    "invalid_credential_request");
        }
    }

    @Test
    @Requirement("CI-ERR-6")
    @DisplayName("thousands of certificates, or one of a hundred kilobytes, in a proof or an attestation")
    void certificates() {
        var leaf = Base64.getEncoder().encodeToString(encoded());
        for (var chain : List.of(
                Collections.nCopies(100, leaf),
                Collections.nCopies(5_000, "MIIB"),
                List.of(Base64.getEncoder().encodeToString(new byte[60_000])))) {
            assertRefused(
                    cheaply(request.proof(proof -> proof.withoutHeader("jwk").header("x5c", chain))),
                    400,
                    "invalid_proof");
            var attestation = attester.attest(List.of(wallet.newKey()), wallet.nonce())
                    .header("x5c", chain)
                    .compact();
            assertRefused(
                    cheaply(request.proofs(JsonObject.builder()
                            .put("attestation", List.of(attestation))
                            .build())),
                    400,
                    "invalid_proof");
        }
    }

    private byte[] encoded() {
        try {
            return attester.key().chain().getFirst().getEncoded();
        } catch (java.security.cert.CertificateEncodingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    @Requirement("CI-ERR-6")
    @DisplayName("thousands of attested keys")
    void attestedKeys() {
        var key = attester.attest(List.of(wallet.newKey()), wallet.nonce());
        var many = key.claims(claims -> claims.with(
                "attested_keys",
                Collections.nCopies(1_000, claims.objects("attested_keys").getFirst())));
        assertRefused(
                cheaply(request.proofs(JsonObject.builder()
                        .put("attestation", List.of(many.compact()))
                        .build())),
                400,
                "invalid_proof");
    }

    @Test
    @Requirement("CI-ERR-1")
    @DisplayName("headers of a megabyte")
    void headers() {
        var huge = "a".repeat(1024 * 1024);
        for (var value : List.of(huge, "Bearer " + huge, "Bearer " + "e30.".repeat(200_000), "DPoP " + huge)) {
            assertThat(cheaply(request.http(http -> http.with("Authorization", value)))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(cheaply(request.http(http -> http.with("DPoP", huge))).status())
                .isEqualTo(200); // nobody looks at the proof of a Bearer token
        for (var name : List.of("Accept", "Accept-Language", "If-None-Match")) {
            var before = THREAD.getCurrentThreadAllocatedBytes();
            var metadata = wallet.send(Request.get(issuer.identifier().resolve("/.well-known/openid-credential-issuer"))
                    .with(name, "a,".repeat(512 * 1024)));
            assertThat(THREAD.getCurrentThreadAllocatedBytes() - before).isLessThan(BOUND);
            assertThat(metadata.status()).isEqualTo(200);
        }
    }
}
