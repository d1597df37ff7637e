package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("App. A.2: mdocs from offer to wallet")
class MdocFlowTest {
    private final TestIssuer issuer = TestIssuer.create();

    private Outcome.Received receive(int copies, String configurationId) {
        var wallet = Wallet.builder(issuer.handler(), issuer.anchors())
                .clock(issuer.clock())
                .copies(copies)
                .build();
        var offer = issuer.offer(configurationId);
        return (Outcome.Received) wallet.receive(wallet.resolve(offer.linkByValue()), offer.txCode());
    }

    @Test
    @Requirement("HAIP-2")
    @DisplayName("a driving licence, portrait and all, is issued and verified")
    void licence() {
        var received = receive(1, TestIssuer.MDL).credentials().getFirst();

        assertThat(received.verified().format()).isEqualTo("mso_mdoc");
        assertThat(received.verified().type()).isEqualTo("org.iso.18013.5.1.mDL");
        var elements = received.verified().claims().object("org.iso.18013.5.1");
        assertThat(elements.string("family_name")).isEqualTo("Mustermann");
        assertThat(Base64.getUrlDecoder().decode(elements.string("portrait"))).startsWith(0xff, 0xd8, 0xff);
    }

    @Test
    @Requirement("HAIP-2")
    @DisplayName("one definition gives the PID in both its formats, with the same claims")
    void oneDefinition() {
        var sdJwt = receive(1, TestIssuer.PID).credentials().getFirst().verified();
        var mdoc = receive(1, TestIssuer.PID_MDOC).credentials().getFirst().verified();

        assertThat(mdoc.type()).isEqualTo("eu.europa.ec.eudi.pid.1");
        var elements = mdoc.claims().object("eu.europa.ec.eudi.pid.1");
        assertThat(elements.string("birth_date")).isEqualTo(sdJwt.claims().string("birthdate"));
        assertThat(elements.strings("nationality")).isEqualTo(sdJwt.claims().strings("nationalities"));
        assertThat(elements.string("resident_city"))
                .isEqualTo(sdJwt.claims().object("address").string("locality"));
    }

    @Test
    @Requirement("CI-PRIV-1")
    @DisplayName("copies are bound to keys of their own and say nothing that links them")
    void batch() {
        var credentials = receive(3, TestIssuer.MDL).credentials();

        assertThat(credentials).hasSize(3);
        assertThat(credentials.stream()
                        .map(one -> one.verified().holderKey().orElseThrow().getRequiredParams()))
                .doesNotHaveDuplicates();
        assertThat(credentials.stream().map(one -> one.verified().expires()).distinct())
                .hasSize(1);
    }
}
