package dev.intaglio.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.BitstringStatusListEntry;
import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.StatusReference;
import dev.intaglio.issuer.status.CredentialStatuses.Order;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.issuer.store.StatusVerb;
import dev.intaglio.keys.Pem;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.AdjustableClock;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.ReceivedCredential;
import dev.intaglio.wallet.Wallet;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("node")
@DisplayName("The verifiers @sd-jwt/jwt-status-list and @digitalbazaar/vc-bitstring-status-list")
class ForeignStatusTest {
    /// They go by the time of the machine.
    private final TestIssuer issuer = TestIssuer.builder()
            .clock(AdjustableClock.at(Instant.now().truncatedTo(ChronoUnit.SECONDS)))
            .build();

    @Test
    @Requirement({"CI-STAT-1", "CI-STAT-3", "CI-STAT-5"})
    @DisplayName("see in our Token Status List what we did to an SD-JWT VC, and nothing in that of its copy")
    void tokenStatusList() {
        var copies = receive(TestIssuer.PID, 2);
        var one = copies.getFirst();
        assertToken(one, 0);
        change(StatusVerb.SUSPEND, one);
        assertToken(one, 2);
        change(StatusVerb.REINSTATE, one);
        assertToken(one, 0);
        change(StatusVerb.REVOKE, one);
        assertToken(one, 1);
        assertToken(copies.getLast(), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"diploma_vc_jwt", "diploma_ldp_vc"})
    @DisplayName("see in our Bitstring Status Lists what we did to a W3C credential, and nothing in that of its copy")
    void bitstringStatusList(String configuration) {
        var copies = receive(configuration, 2);
        var one = copies.getFirst();
        assertBits(one, false, false);
        change(StatusVerb.SUSPEND, one);
        assertBits(one, false, true);
        change(StatusVerb.REINSTATE, one);
        assertBits(one, false, false);
        change(StatusVerb.REVOKE, one);
        assertThat(seen(one).object("purposes").flag("revocation")).isTrue();
        assertBits(copies.getLast(), false, false);
    }

    private void assertToken(ReceivedCredential credential, int status) {
        var seen = seen(credential);
        assertThat(seen.integer("status")).isEqualTo(status);
        assertThat(seen.flag("accepted")).isEqualTo(status == 0);
        if (status != 0) {
            assertThat(seen.string("reason")).contains("Status is not valid");
        }
    }

    private void assertBits(ReceivedCredential credential, boolean revoked, boolean suspended) {
        var purposes = seen(credential).object("purposes");
        assertThat(purposes.flag("revocation")).isEqualTo(revoked);
        assertThat(purposes.flag("suspension")).isEqualTo(suspended);
    }

    private JsonObject seen(ReceivedCredential credential) {
        var lists = new LinkedHashMap<String, Object>();
        addresses(status(credential)).forEach(address -> lists.put(address.toString(), list(address)));
        return NodeScript.run(
                        "verify-status.mjs",
                        JsonObject.builder()
                                .put("credential", credential.value())
                                .put(
                                        "trustAnchorPem",
                                        Pem.write(List.of(
                                                issuer.certificationAuthority().anchor())))
                                .put("lists", lists)
                                .build()
                                .text())
                .json();
    }

    private String list(URI address) {
        var response = issuer.handler().handle(Request.get(address));
        assertThat(response.status()).isEqualTo(200);
        return response.bodyText();
    }

    private static Stream<URI> addresses(CredentialStatus status) {
        return Stream.concat(
                status.statusList().map(StatusReference::uri).stream(),
                status.entries().stream().map(BitstringStatusListEntry::credential));
    }

    private static CredentialStatus status(ReceivedCredential credential) {
        return credential.verified().status().orElseThrow();
    }

    private void change(StatusVerb verb, ReceivedCredential credential) {
        var status = status(credential);
        var place = StatusSelector.read(JsonObject.builder()
                .put("list", status.uri().toString())
                .put("index", status.index())
                .build());
        assertThat(issuer.credentialIssuer()
                        .statuses()
                        .change(Order.of(verb, place, "a reason", "a test"))
                        .changed())
                .isOne();
    }

    private List<ReceivedCredential> receive(String configuration, int copies) {
        var wallet = Wallet.builder(issuer.handler(), issuer.anchors())
                .clock(issuer.clock())
                .copies(copies)
                .build();
        var outcome = wallet.receive(wallet.resolve(issuer.offer(configuration).linkByValue()), Optional.empty());
        assertThat(outcome).isInstanceOf(Outcome.Received.class);
        return ((Outcome.Received) outcome).credentials();
    }
}
