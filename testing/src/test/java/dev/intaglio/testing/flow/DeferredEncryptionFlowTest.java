package dev.intaglio.testing.flow;

import static dev.intaglio.testing.TestIssuer.PID;
import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.encryption.EncryptionPolicy;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestEncryption;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("§9.2, §10 Encrypted responses that come later")
class DeferredEncryptionFlowTest {
    private final AtomicReference<CredentialDatasets> source =
            new AtomicReference<>(entitlement -> Lookup.pending(Duration.ofSeconds(5)));
    private final TestIssuer issuer = TestIssuer.builder()
            .dpopNonces(false)
            .datasets(entitlement -> source.get().find(entitlement))
            .encryption(EncryptionPolicy.OPTIONAL)
            .build();
    private final TestWallet bearer = issuer.wallet();
    private final TestWallet bound = bearer.withDpop();
    private final TestEncryption first = TestEncryption.of(bearer.issuerMetadata());
    private final TestEncryption other = TestEncryption.of(bearer.issuerMetadata());

    private TokenResponse token(TestWallet wallet) {
        return wallet.redeem(issuer.offer(PID).offer()).token();
    }

    /// Begins with an encrypted request, and reads the encrypted 202.
    private String begin(TestWallet wallet, TokenResponse token) {
        var response =
                wallet.request(token, PID).body(first::ask).http(first::seal).send();
        assertThat(response.status()).isEqualTo(202);
        return first.open(response).string("transaction_id");
    }

    private static Request request(TestWallet wallet, String transaction) {
        return Request.post(wallet.issuerMetadata().deferredCredentialEndpoint().orElseThrow(), body(transaction));
    }

    private static JsonObject body(String transaction) {
        return JsonObject.builder().put("transaction_id", transaction).build();
    }

    private static Response askAgain(
            TestWallet wallet, TokenResponse token, String transaction, TestEncryption encryption) {
        var request = request(wallet, transaction)
                .withBody("application/json", encryption.ask(body(transaction)).bytes());
        return wallet.send(token, encryption.seal(request));
    }

    @Test
    @Requirement({"CI-DEFER-4", "CI-RESP-7"})
    @DisplayName(
            "are encrypted as the deferred request says, 200 and 202 alike: to another key with DPoP, or not at all")
    void deferredRequestCounts() {
        var token = token(bound);
        var transaction = begin(bound, token);
        assertThat(other.open(askAgain(bound, token, transaction, other)).string("transaction_id"))
                .isEqualTo(transaction);
        assertThat(bound.askAgain(token, transaction).mediaType()).isEqualTo("application/json");
        source.set(TestIssuer.sampleDatasets());
        assertThat(other.open(askAgain(bound, token, transaction, other)).objects("credentials"))
                .hasSize(1);
    }

    @Test
    @Requirement({"CI-DEFER-9", "CI-ERR-10"})
    @DisplayName(
            "with a bearer token go to the key of the first request alone; the refusal is not encrypted and loses nothing")
    void swappedKey() {
        var token = token(bearer);
        var transaction = begin(bearer, token);
        source.set(TestIssuer.sampleDatasets());
        assertRefused(askAgain(bearer, token, transaction, other), 400, "invalid_encryption_parameters");
        assertRefused(bearer.askAgain(token, transaction), 400, "invalid_encryption_parameters");
        assertThat(first.open(askAgain(bearer, token, transaction, first)).objects("credentials"))
                .hasSize(1);
    }

    @Test
    @Requirement({"CI-DEFER-3", "CI-DEFER-4"})
    @DisplayName("may be asked for first when the wallet comes back")
    void laterOnly() {
        var token = token(bearer);
        var transaction = bearer.request(token, PID).send().bodyObject().string("transaction_id");
        source.set(TestIssuer.sampleDatasets());
        assertThat(other.open(askAgain(bearer, token, transaction, other)).objects("credentials"))
                .hasSize(1);
    }
}
