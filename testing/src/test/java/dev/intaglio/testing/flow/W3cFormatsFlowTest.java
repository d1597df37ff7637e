package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("App. A.1: W3C Verifiable Credentials from offer to wallet")
class W3cFormatsFlowTest {
    private final TestIssuer issuer = TestIssuer.create();

    private Outcome receive(String configurationId, int copies) {
        var wallet = Wallet.builder(issuer.handler(), issuer.anchors())
                .clock(issuer.clock())
                .copies(copies)
                .build();
        var offer = issuer.offer(configurationId);
        return wallet.receive(wallet.resolve(offer.linkByValue()), offer.txCode());
    }

    @ParameterizedTest
    @Requirement("CI-META-20")
    @CsvSource({"diploma_jwt_vc_json", "diploma_jwt_vc_json-ld", "diploma_vc_jwt", "diploma_vc_sd_jwt", "diploma_ldp_vc"
    })
    @DisplayName("one definition gives the diploma in each format, with the claims its SD-JWT VC has")
    void oneDefinition(String configurationId) {
        var received = (Outcome.Received) receive(configurationId, 2);
        var asSdJwtVc = (Outcome.Received) receive(TestIssuer.DIPLOMA, 1);

        assertThat(received.credentials()).hasSize(2);
        var verified = received.credentials().getFirst().verified();
        assertThat(verified.type()).isEqualTo("UniversityDiploma");
        var subject = verified.claims().object("credentialSubject");
        var degree = asSdJwtVc.credentials().getFirst().verified().claims().object("degree");
        assertThat(subject.object("degree")).isEqualTo(degree);
        assertThat(received.credentials().stream()
                        .map(one -> one.verified()
                                .claims()
                                .object("credentialSubject")
                                .string("id")))
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName(
            "a credential of ldp_vc stands in the response as an object, and is believed by the key its issuer publishes")
    void object() {
        var received = (Outcome.Received) receive("diploma_ldp_vc", 1);
        var credential = received.credentials().getFirst();

        assertThat(credential.value()).isInstanceOfAny(JsonObject.class, Map.class);
        assertThat(credential.verified().claims().string("issuer")).startsWith("did:key:");
    }

    @Test
    @DisplayName("a credential of ldp_vc is not believed if no authority the wallet trusts certifies the issuer's key")
    void untrusted() {
        var wallet = Wallet.builder(issuer.handler(), TestIssuer.create().anchors())
                .clock(issuer.clock())
                .build();
        var offer = issuer.offer("diploma_ldp_vc");

        assertThat(wallet.receive(wallet.resolve(offer.linkByValue()), offer.txCode()))
                .isInstanceOfSatisfying(
                        Outcome.Unverified.class,
                        unverified -> assertThat(unverified.reason()).startsWith("UNTRUSTED_ISSUER"));
    }
}
