package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestDids;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestJwt;
import dev.intaglio.testing.TestWallet;
import java.math.BigDecimal;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("App. F.1, F.4 Key proofs of type jwt")
class KeyProofFlowTest {
    private final TestIssuer issuer = TestIssuer.create();
    private final TestWallet wallet = issuer.wallet();
    private final TokenResponse token =
            wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token();

    @Nested
    @DisplayName("a good proof binds the credential to its key")
    class Good {
        @ParameterizedTest
        @ValueSource(strings = {"ES256", "ES384", "ES512", "EdDSA"})
        @Requirement({"CI-PROOF-1", "CI-PROOF-2", "CI-PROOF-4", "CI-PROOF-6", "CI-CRED-13"})
        @DisplayName("that stands in the header as jwk, by each algorithm of the metadata")
        void jwk(String algorithm) {
            var key = SigningKey.generate(JWSAlgorithm.parse(algorithm));
            assertBoundTo(key, proof -> proof.by(key));
        }

        @ParameterizedTest
        @ValueSource(strings = {"ES256", "ES384", "ES512", "EdDSA"})
        @Requirement({"CI-PROOF-2", "CI-PROOF-4", "CI-META-24"})
        @DisplayName("that a did:jwk spells out, with or without the fragment")
        void didJwk(String algorithm) {
            var key = SigningKey.generate(JWSAlgorithm.parse(algorithm));
            assertBoundTo(key, proof -> proof.by(key).namedBy(TestDids.jwk(key)));
            assertBoundTo(key, proof -> proof.by(key).namedBy(TestDids.jwk(key).replace("#0", "")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"ES256", "ES384", "ES512", "EdDSA"})
        @Requirement({"CI-PROOF-2", "CI-PROOF-4", "CI-META-24"})
        @DisplayName("that a did:key spells out, with or without the fragment")
        void didKey(String algorithm) {
            var key = SigningKey.generate(JWSAlgorithm.parse(algorithm));
            assertBoundTo(key, proof -> proof.by(key).namedBy(TestDids.key(key)));
            assertBoundTo(key, proof -> proof.by(key).namedBy(TestDids.key(key).replaceAll("#.*", "")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"ES256", "EdDSA"})
        @Requirement({"CI-PROOF-2", "CI-PROOF-4"})
        @DisplayName("that a certificate in x5c shows")
        void x5c(String algorithm) {
            var key = certified(algorithm);
            assertBoundTo(key, proof -> proof.by(key).certifiedBy(key.chain()));
        }

        @Test
        @Requirement("CI-PROOF-7")
        @DisplayName("up to five minutes old, and a minute ahead of our clock")
        void freshness() {
            for (var time : List.of(TestIssuer.NOW.minusSeconds(300), TestIssuer.NOW, TestIssuer.NOW.plusSeconds(60))) {
                assertThat(send(proof -> proof.issuedAt(time)).status())
                        .as("iat %s", time)
                        .isEqualTo(200);
            }
            assertThat(send(proof -> proof.claim("iat", new BigDecimal("1793700930.75")))
                            .status())
                    .isEqualTo(200);
        }

        @Test
        @Requirement("CI-CRED-10")
        @DisplayName("with header parameters and claims nobody knows")
        void unknownMembers() {
            var response = send(proof -> proof.header("foo", "bar")
                    .header("jku", "https://evil.example")
                    .claim("jti", "1")
                    .claim("foo", Map.of()));
            assertThat(response.status()).isEqualTo(200);
        }

        @Test
        @DisplayName("and of that key only what makes it a key goes into the credential")
        void minimalKey() {
            var key = wallet.newKey();
            var shown = SignedJwt.jwk(key.publicJwk())
                    .with("kid", "s3cret-name")
                    .with("use", "sig")
                    .with("foo", "bar");
            var credential = wallet.request(token, TestIssuer.PID)
                    .proof(proof -> proof.by(key).header("jwk", shown))
                    .credential();
            assertThat(verified(credential).claims().object("cnf").object("jwk").members())
                    .containsOnlyKeys("kty", "crv", "x", "y");
        }

        private void assertBoundTo(SigningKey key, UnaryOperator<TestJwt> change) {
            var credential = wallet.request(token, TestIssuer.PID).proof(change).credential();
            assertThat(verified(credential).holderKey().map(DpopProof::thumbprint))
                    .contains(DpopProof.thumbprint(key.publicJwk()));
        }
    }

    @Nested
    @DisplayName("iss")
    class Iss {
        private final TestWallet named = issuer.wallet().withClientId("wallet-1");
        private final TokenResponse namedToken =
                named.redeem(issuer.offer(TestIssuer.PID).offer()).token();

        @Test
        @Requirement("CI-PROOF-3")
        @DisplayName("may be left out, or is the client_id of the token request")
        void clientId() {
            assertThat(named.request(namedToken, TestIssuer.PID).credential()).isNotEmpty();
            assertThat(named.request(namedToken, TestIssuer.PID)
                            .proof(proof -> proof.withoutClaim("iss"))
                            .credential())
                    .isNotEmpty();
        }

        @Test
        @Requirement("CI-PROOF-3")
        @DisplayName("of another client is invalid_proof")
        void otherClient() {
            var refused = named.request(namedToken, TestIssuer.PID)
                    .proof(proof -> proof.issuer("wallet-2"))
                    .send();
            assertRefused(refused, 400, "invalid_proof");
            assertThat(refused.bodyText()).doesNotContain("wallet-2", "wallet-1");
        }
    }

    @Nested
    @DisplayName("cryptographic_binding_methods_supported")
    class BindingMethods {
        @Test
        @Requirement("CI-META-24")
        @DisplayName("without DIDs: a key named by a DID is invalid_proof")
        void didNotListed() {
            var plain = TestIssuer.builder()
                    .credentialIssuerOptions(options -> options.formats(
                            CredentialFormats.onClassPath(new SecureRandom()).with(List.of(new PlainKeyFormat()))))
                    .build();
            var other = plain.wallet();
            var plainToken = other.redeem(plain.offer(TestIssuer.PID).offer()).token();
            assertRefused(
                    other.request(plainToken, TestIssuer.PID)
                            .proof(proof -> proof.namedBy(TestDids.jwk(proof.key())))
                            .send(),
                    400,
                    "invalid_proof");
            assertRefused(
                    other.request(plainToken, TestIssuer.PID)
                            .proof(proof -> proof.namedBy(TestDids.key(proof.key())))
                            .send(),
                    400,
                    "invalid_proof");
            assertThat(other.request(plainToken, TestIssuer.PID).credential()).isNotEmpty();
        }
    }

    private Response send(UnaryOperator<TestJwt> change) {
        return wallet.request(token, TestIssuer.PID).proof(change).send();
    }

    private SigningKey certified(String algorithm) {
        return issuer.certificationAuthority()
                .issue("Wallet key", URI.create("https://wallet.example"), JWSAlgorithm.parse(algorithm));
    }

    private Verification.Verified verified(String credential) {
        return (Verification.Verified) new SdJwtVcVerifier()
                .verify(credential, issuer.anchors(), issuer.clock().instant());
    }
}
