package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.store.AttestationReference;
import dev.intaglio.issuer.store.AttestationReference.Kind;
import dev.intaglio.issuer.store.IssuanceOrigin;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.IssuanceRecord.Signed;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.IssuedStatus;
import dev.intaglio.issuer.store.WatchedAttestations;
import dev.intaglio.issuer.store.WatchedAttestations.Found;
import dev.intaglio.issuer.store.WatchedAttestations.Watched;
import dev.intaglio.protocol.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What [WatchedAttestations] must do.
@DisplayName("Attestations that credentials rest on")
public abstract class WatchedAttestationsContract {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant SOON = NOW.plusSeconds(60);
    private static final Instant END = NOW.plusSeconds(600);
    private static final int MANY = 10_000;

    /// One node: what watches, and what records issuances over the same data.
    public record Node(WatchedAttestations watched, Issuances issuances) {}

    protected abstract Node store();

    /// Several nodes over the same data.
    protected List<Node> nodes() {
        return List.of(store());
    }

    private static AttestationReference reference() {
        var status = JsonObject.builder()
                .put(
                        "status_list",
                        JsonObject.builder()
                                .put("idx", 7)
                                .put("uri", "https://" + Race.hash())
                                .build())
                .build();
        return new AttestationReference(Kind.WALLET, status);
    }

    private void issue(AttestationReference reference, Instant until, boolean revocable) {
        var origin = new IssuanceOrigin(
                Optional.empty(),
                Optional.of("instance"),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(reference));
        var record = new IssuanceRecord(
                Race.hash(),
                "authorization",
                "degree",
                "subject",
                1,
                NOW,
                Optional.of(new Signed("kid", until)),
                Optional.empty(),
                revocable ? Optional.of(new IssuedStatus("list", List.of(3))) : Optional.empty(),
                origin);
        assertThat(store().issuances().record(record, List.of())).isTrue();
    }

    private List<Watched> take(AttestationReference reference, Instant lookedAtBefore, Instant now) {
        return store().watched().take(lookedAtBefore, now, MANY).stream()
                .filter(watched -> watched.reference().equals(reference))
                .toList();
    }

    @Test
    @DisplayName("are handed out when nobody looked since, as long as a credential is valid")
    void handedOut() {
        var reference = reference();
        issue(reference, END, true);
        issue(reference, NOW.plusSeconds(300), true);
        assertThat(take(reference, NOW, NOW)).as("looked at when issued").isEmpty();
        assertThat(take(reference, SOON, SOON)).containsExactly(new Watched(reference, Found.NOTHING, 2));
        assertThat(take(reference, SOON, SOON)).isEmpty();
        assertThat(take(reference, END, END.minusMillis(1))).hasSize(1);
        assertThat(take(reference, END.plusSeconds(1), END))
                .as("nothing is valid any more")
                .isEmpty();
    }

    @Test
    @DisplayName("are not looked at where the credentials cannot be taken back")
    void notRevocable() {
        var reference = reference();
        issue(reference, END, false);
        assertThat(take(reference, SOON, SOON)).isEmpty();
    }

    @Test
    @DisplayName("are not looked at any more once revoked, until somebody is issued to in their name again")
    void revoked() {
        var reference = reference();
        issue(reference, END, true);
        var watched = take(reference, SOON, SOON).getFirst();
        assertThat(store().watched().found(watched, Found.SUSPENDED)).isTrue();
        var again = take(reference, SOON.plusSeconds(1), SOON.plusSeconds(1)).getFirst();
        assertThat(again.found()).isEqualTo(Found.SUSPENDED);
        assertThat(store().watched().found(again, Found.REVOKED)).isTrue();
        assertThat(take(reference, END, END.minusMillis(1))).isEmpty();

        issue(reference, END, true);
        assertThat(store().watched().found(watched, Found.REVOKED))
                .as("overtaken by an issuance")
                .isFalse();
        assertThat(take(reference, END, END.minusMillis(1))).hasSize(1);
    }

    @Test
    @DisplayName("come to one of fifty who look at once")
    void race() {
        var reference = reference();
        issue(reference, END, true);
        var nodes = nodes();
        var taken = Race.run(runner -> () -> Race.nodeOf(nodes, runner).watched().take(SOON, SOON, MANY).stream()
                .filter(watched -> watched.reference().equals(reference))
                .count());
        assertThat(taken.stream().mapToLong(Long::longValue).sum()).isOne();
    }
}
