package dev.intaglio.testing.flow;

import static dev.intaglio.testing.TestIssuer.PID;
import static dev.intaglio.testing.flow.Refusals.assertChallenged;
import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.Verification;
import dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.credential.CredentialResponse;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// openid/OpenID4VCI, issue 740: whoever has learnt an access token and a transaction_id tries to have the credentials
/// bound to his own key, or sent to himself.
@DisplayName("§13.4, §13.9 A thief of access token and transaction_id")
class DeferredTheftFlowTest {
    private final AtomicReference<CredentialDatasets> source =
            new AtomicReference<>(entitlement -> Lookup.pending(Duration.ofSeconds(90)));
    private final TestIssuer issuer = TestIssuer.builder()
            .dpopNonces(false)
            .datasets(entitlement -> source.get().find(entitlement))
            .build();
    private final TestWallet wallet = issuer.wallet();
    private final SigningKey victimsDpopKey = wallet.newKey();
    private final TestWallet victim = wallet.withDpop(victimsDpopKey);
    private final TokenResponse token = token(victim);
    private final SigningKey victimsKey = wallet.newKey();
    private final String transaction = transaction(
            victim.request(token, PID).proof(proof -> proof.by(victimsKey)).send());
    private final TestWallet thief = wallet.withDpop();

    private JsonObject withEncryptionTo(SigningKey key) {
        return JsonObject.builder()
                .put("transaction_id", transaction)
                .put(
                        "credential_response_encryption",
                        JsonObject.builder()
                                .put(
                                        "jwk",
                                        JsonObject.of(key.publicJwk().toJSONObject())
                                                .with("alg", "ECDH-ES"))
                                .put("enc", "A256GCM")
                                .build())
                .build();
    }

    private void assertVictimGetsIt() {
        var credential = credentials(victim.askAgain(token, transaction)).getFirst();
        assertThat(DpopProof.thumbprint(verified(credential).holderKey().orElseThrow()))
                .isEqualTo(DpopProof.thumbprint(victimsKey.publicJwk()));
    }

    @Test
    @Requirement({"CI-DEFER-9", "CI-DEFER-2"})
    @DisplayName("without the DPoP key gets nothing: no plain token, no proof by another key, no other encryption key")
    void withoutTheKey() {
        ready();
        for (var body : List.of(
                JsonObject.builder().put("transaction_id", transaction).build(), withEncryptionTo(wallet.newKey()))) {
            var bearer = Request.post(
                            wallet.issuerMetadata().deferredCredentialEndpoint().orElseThrow(), body)
                    .with("Authorization", "Bearer " + token.accessToken());
            assertChallenged(wallet.send(bearer), 401, "DPoP", "invalid_token");
            assertChallenged(thief.askAgain(token, body), 401, "DPoP", "invalid_token");
        }
        assertVictimGetsIt();
    }

    @Test
    @Requirement({"CI-DEFER-9", "CI-DPOP-4"})
    @DisplayName("who saw a whole request cannot send it again with an encryption key of his own")
    void replaysTheProof() {
        var seen = new ArrayList<Request>();
        var watched = TestWallet.of(
                        request -> {
                            seen.add(request);
                            return issuer.handler().handle(request);
                        },
                        issuer.identifier(),
                        issuer.clock())
                .withDpop(victimsDpopKey);
        transaction(watched.askAgain(token, transaction));
        ready();
        var request = seen.getLast();
        var swapped = request.withBody(
                "application/json", withEncryptionTo(wallet.newKey()).bytes());
        assertChallenged(wallet.send(swapped), 401, "DPoP", "invalid_dpop_proof");
        assertChallenged(wallet.send(request), 401, "DPoP", "invalid_dpop_proof");
        assertVictimGetsIt();
    }

    @Test
    @Requirement({"CI-DEFER-9", "CI-DEFER-7"})
    @DisplayName("cannot come with an access token of his own, and learns not even whether the transaction exists")
    void withHisOwnToken() {
        ready();
        var own = token(thief);
        var there = thief.askAgain(own, transaction);
        var nowhere = thief.askAgain(own, "no-such-transaction");
        assertRefused(there, 400, "invalid_transaction_id");
        assertThat(there.bodyText()).isEqualTo(nowhere.bodyText());
        assertThat(there.headers().fields()).isEqualTo(nowhere.headers().fields());
        assertVictimGetsIt();
    }

    @Test
    @Requirement({"CI-DEFER-9", "CI-CRED-10"})
    @DisplayName("cannot put his key in place of the holder's: proofs of a deferred request are nothing")
    void substitutesTheHolderKey() {
        ready();
        var stranger = wallet.newKey();
        var body = JsonObject.builder()
                .put("transaction_id", transaction)
                .put(
                        "proofs",
                        JsonObject.builder()
                                .put("jwt", List.of(wallet.keyProof(proof -> proof.by(stranger))))
                                .build())
                .build();
        var credential = credentials(victim.askAgain(token, body)).getFirst();
        assertThat(DpopProof.thumbprint(verified(credential).holderKey().orElseThrow()))
                .isEqualTo(DpopProof.thumbprint(victimsKey.publicJwk()));
    }

    private TokenResponse token(TestWallet by) {
        return by.redeem(issuer.offer(PID).offer()).token();
    }

    private void ready() {
        source.set(TestIssuer.sampleDatasets());
    }

    private static String transaction(Response response) {
        assertThat(response.status()).as(response.bodyText()).isEqualTo(202);
        return response.bodyObject().string("transaction_id");
    }

    private Verification.Verified verified(Object credential) {
        return (Verification.Verified) new SdJwtVcVerifier()
                .verify((String) credential, issuer.anchors(), issuer.clock().instant());
    }

    private static List<Object> credentials(Response response) {
        assertThat(response.status()).as(response.bodyText()).isEqualTo(200);
        return ((CredentialResponse.Issued) CredentialResponse.read(response.bodyObject())).credentials();
    }
}
