package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.encryption.EncryptionPolicy;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("§9 A wallet that is told to come back")
class WalletDeferredTest {
    private final AtomicReference<CredentialDatasets> source =
            new AtomicReference<>(entitlement -> Lookup.pending(Duration.ofSeconds(90)));
    private final TestIssuer issuer = TestIssuer.builder()
            .datasets(entitlement -> source.get().find(entitlement))
            .encryption(EncryptionPolicy.REQUIRED)
            .build();

    private Wallet wallet(boolean dpop) {
        return Wallet.builder(issuer.handler(), issuer.anchors())
                .clock(issuer.clock())
                .copies(3)
                .dpop(dpop)
                .build();
    }

    private Outcome.Later first(Wallet wallet) {
        var offer = issuer.offer(TestIssuer.PID);
        return (Outcome.Later) wallet.receive(wallet.resolve(offer.linkByValue()), offer.txCode());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement({"W-DEFER-2", "W-DEFER-3", "W-DEFER-4"})
    @DisplayName(
            "asks by its token, encrypted as before, keeps waiting on 202, and has credentials for its first keys in the end")
    void comesBack(boolean dpop) {
        var wallet = wallet(dpop);
        var later = first(wallet);
        assertThat(later.interval()).isEqualTo(Duration.ofSeconds(90));

        assertThat(wallet.askAgain(later.deferred())).isInstanceOf(Outcome.Later.class);
        source.set(TestIssuer.sampleDatasets());
        assertThat(wallet.askAgain(later.deferred())).isInstanceOfSatisfying(Outcome.Received.class, received -> {
            assertThat(received.credentials()).hasSize(3);
            assertThat(received.credentials())
                    .allSatisfy(one -> assertThat(one.holderKey()).isPresent());
        });
    }

    @Test
    @Requirement("W-DEFER-5")
    @DisplayName("is done when it is refused, and when it has what it came for")
    void stops() {
        var wallet = wallet(true);
        var later = first(wallet);
        source.set(entitlement -> Lookup.denied("nobody of that kind"));
        assertThat(wallet.askAgain(later.deferred()))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo("credential_request_denied"));

        source.set(entitlement -> Lookup.pending(Duration.ofSeconds(90)));
        var another = first(wallet);
        source.set(TestIssuer.sampleDatasets());
        assertThat(wallet.askAgain(another.deferred())).isInstanceOf(Outcome.Received.class);
        assertThat(wallet.askAgain(another.deferred()))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo("invalid_transaction_id"));
    }
}
