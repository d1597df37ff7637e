package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.Verification;
import dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestDids;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("§3.3.2, §8.2 Batches")
class BatchFlowTest {
    private final TestIssuer issuer = TestIssuer.create();
    private final TestWallet wallet = issuer.wallet();
    private final TokenResponse token =
            wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token();

    @Test
    @Requirement({"CI-CRED-8", "CI-NONCE-7"})
    @DisplayName("may be as large as the metadata says, all proofs with the same c_nonce")
    void sharedNonce() {
        var largest = wallet.issuerMetadata().batchSize().orElseThrow();
        assertThat(largest).isEqualTo(10);
        assertThat(wallet.request(token, TestIssuer.PID)
                        .proofs(wallet.keyProofs(largest))
                        .credentials())
                .hasSize(largest);
        assertThat(issuer.stores().issued())
                .singleElement()
                .satisfies(record -> assertThat(record.credentials()).isEqualTo(largest));
    }

    @Test
    @Requirement("CI-NONCE-7")
    @DisplayName("may have a c_nonce of its own for each proof, and all of them are used up")
    void ownNonces() {
        var nonces = List.of(wallet.nonce(), wallet.nonce(), wallet.nonce());
        var proofs = nonces.stream()
                .map(nonce -> wallet.keyProof(nonce, UnaryOperator.identity()))
                .toList();
        assertThat(wallet.request(token, TestIssuer.PID).proofs(proofs).credentials())
                .hasSize(3);
        for (var nonce : nonces) {
            var again = wallet.keyProof(nonce, UnaryOperator.identity());
            assertRefused(
                    wallet.request(token, TestIssuer.PID).proofs(List.of(again)).send(), 400, "invalid_nonce");
        }
    }

    @Test
    @Requirement({"CI-ERR-7", "CI-NONCE-7"})
    @DisplayName("with one used c_nonce in it is refused as a whole, and the other nonces stay good")
    void oneUsedNonce() {
        var used = wallet.nonce();
        assertThat(wallet.request(token, TestIssuer.PID)
                        .proofs(List.of(wallet.keyProof(used, UnaryOperator.identity())))
                        .credentials())
                .hasSize(1);
        var fresh = wallet.nonce();
        var proofs = List.of(
                wallet.keyProof(fresh, UnaryOperator.identity()), wallet.keyProof(used, UnaryOperator.identity()));
        assertRefused(wallet.request(token, TestIssuer.PID).proofs(proofs).send(), 400, "invalid_nonce");
        assertThat(issuer.stores().issued()).hasSize(1);
        assertThat(wallet.request(token, TestIssuer.PID)
                        .proofs(List.of(wallet.keyProof(fresh, UnaryOperator.identity())))
                        .credentials())
                .hasSize(1);
    }

    @Test
    @Requirement({"CI-CRED-8", "CI-META-18"})
    @DisplayName("larger than that are invalid_proof, and where there is no batch_size two proofs are")
    void tooMany() {
        assertRefused(
                wallet.request(token, TestIssuer.PID)
                        .proofs(wallet.keyProofs(11))
                        .send(),
                400,
                "invalid_proof");
        assertThat(wallet.request(token, TestIssuer.PID).credential()).isNotEmpty();
        var single = TestIssuer.builder().batchSize(1).build();
        var other = single.wallet();
        var otherToken = other.redeem(single.offer(TestIssuer.PID).offer()).token();
        assertRefused(
                other.request(otherToken, TestIssuer.PID)
                        .proofs(other.keyProofs(2))
                        .send(),
                400,
                "invalid_proof");
        assertThat(other.request(otherToken, TestIssuer.PID).credential()).isNotEmpty();
    }

    @Test
    @Requirement({"CI-PROOF-13", "CI-CRED-13"})
    @DisplayName("with one key twice are invalid_proof, however the key is named")
    void duplicatedKey() {
        var key = wallet.newKey();
        var nonce = wallet.nonce();
        var shown = wallet.keyProof(nonce, proof -> proof.by(key));
        var shownAgain = wallet.keyProof(nonce, proof -> proof.by(key).claim("jti", "another"));
        var named = wallet.keyProof(nonce, proof -> proof.by(key).namedBy(TestDids.key(key)));
        var other = wallet.keyProof(nonce, UnaryOperator.identity());
        for (var proofs : List.of(List.of(shown, shown), List.of(shown, other, shownAgain), List.of(named, shown))) {
            assertRefused(wallet.request(token, TestIssuer.PID).proofs(proofs).send(), 400, "invalid_proof");
        }
        assertThat(wallet.request(token, TestIssuer.PID)
                        .proofs(List.of(shown, other))
                        .credentials())
                .hasSize(2);
    }

    @Test
    @Requirement("CI-PROOF-4")
    @DisplayName("with one bad proof in it are refused as a whole")
    void oneBadProof() {
        var proofs = new ArrayList<>(wallet.keyProofs(3));
        proofs.add(wallet.keyProof(proof -> proof.signedBy(wallet.newKey())));
        assertRefused(wallet.request(token, TestIssuer.PID).proofs(proofs).send(), 400, "invalid_proof");
        assertThat(issuer.stores().issued()).isEmpty();
        assertThat(wallet.request(token, TestIssuer.PID)
                        .proofs(proofs.subList(0, 3))
                        .credentials())
                .hasSize(3);
    }

    @Test
    @Requirement({"CI-CRED-11", "CI-CRED-13", "CI-PRIV-2"})
    @DisplayName("are of one format and one dataset, each bound to its own key, with salts and a signature of its own")
    void ownSaltsAndKeys() {
        var keys = IntStream.range(0, 5).mapToObj(i -> wallet.newKey()).toList();
        var nonce = wallet.nonce();
        var proofs = keys.stream()
                .map(key -> wallet.keyProof(nonce, proof -> proof.by(key)))
                .toList();
        var credentials = wallet.request(token, TestIssuer.PID).proofs(proofs).credentials().stream()
                .map(String.class::cast)
                .toList();
        var verified = credentials.stream()
                .map(credential -> (Verification.Verified)
                        new SdJwtVcVerifier().verify(credential, issuer.anchors(), TestIssuer.NOW))
                .toList();
        assertThat(verified)
                .extracting(one -> one.holderKey().map(DpopProof::thumbprint).orElseThrow())
                .containsExactlyElementsOf(keys.stream()
                        .map(key -> DpopProof.thumbprint(key.publicJwk()))
                        .toList());
        assertThat(verified)
                .extracting(one -> one.claims().without("cnf").without("status"))
                .allMatch(verified.getFirst().claims().without("cnf").without("status")::equals);
        assertThat(credentials)
                .flatExtracting(BatchFlowTest::disclosures)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(25);
        assertThat(credentials).flatExtracting(BatchFlowTest::digests).doesNotHaveDuplicates();
    }

    private static List<String> disclosures(String credential) {
        return Arrays.stream(credential.split("~")).skip(1).toList();
    }

    private static List<String> digests(String credential) {
        return SignedJwt.parse(credential.substring(0, credential.indexOf('~')))
                .claims()
                .strings("_sd");
    }
}
