package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.store.Offers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What [Offers] must do.
@DisplayName("§4.1.3 Offers by reference")
public abstract class OffersContract {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.250Z");
    private static final Instant LATER = NOW.plusSeconds(600);

    protected abstract Offers store();

    /// Several nodes over the same data; what one saves the others find.
    protected List<Offers> nodes() {
        return List.of(store());
    }

    @Test
    @DisplayName("an offer is found by its handle, byte for byte")
    void findsWhatWasSaved() {
        var handle = Race.hash();
        var content = new byte[256];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) i;
        }
        store().save(handle, content, LATER);
        for (var node : nodes()) {
            assertThat(node.find(handle, NOW))
                    .hasValueSatisfying(found -> assertThat(found).isEqualTo(content));
        }
    }

    @Test
    @DisplayName("reading does not use an offer up")
    void readsTwice() {
        var handle = saved("twice");
        assertThat(store().find(handle, NOW)).isPresent();
        assertThat(store().find(handle, NOW)).isPresent();
    }

    @Test
    @DisplayName("an offer is gone from the moment it expires")
    void expires() {
        var handle = saved("short-lived");
        assertThat(store().find(handle, LATER.minusMillis(1))).isPresent();
        assertThat(store().find(handle, LATER)).isEmpty();
    }

    @Test
    @DisplayName("a handle nobody saved finds nothing")
    void unknown() {
        saved("somebody else's");
        assertThat(store().find(Race.hash(), NOW)).isEmpty();
    }

    @Test
    @DisplayName("a removed offer is gone, its neighbour is not; removing again is no fault")
    void removes() {
        var removed = saved("removed");
        var kept = saved("kept");
        for (var node : nodes()) {
            node.remove(removed);
            assertThat(node.find(removed, NOW)).isEmpty();
        }
        assertThat(store().find(kept, NOW)).isPresent();
    }

    @Test
    @DisplayName(
            "what is kept longer lasts until then, and never shorter than it would have; what is not there stays away")
    void keeps() {
        var handle = saved("kept");
        var neighbour = saved("neighbour");
        var muchLater = LATER.plusSeconds(3600);
        for (var node : nodes()) {
            node.keep(handle, muchLater);
            node.keep(handle, NOW);
            assertThat(node.find(handle, muchLater.minusMillis(1))).isPresent();
            assertThat(node.find(handle, muchLater)).isEmpty();
            assertThat(node.find(neighbour, LATER)).isEmpty();
            var nobody = Race.hash();
            node.keep(nobody, muchLater);
            assertThat(node.find(nobody, NOW)).isEmpty();
        }
    }

    @Test
    @DisplayName("what the caller does to its array afterwards changes nothing")
    void copies() {
        var handle = Race.hash();
        var content = "offer".getBytes(StandardCharsets.UTF_8);
        store().save(handle, content, LATER);
        content[0] = 'X';
        store().find(handle, NOW).orElseThrow()[1] = 'X';
        assertThat(store().find(handle, NOW).orElseThrow())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("offer");
    }

    @Test
    @DisplayName("many save and read at the same time, and each finds its own")
    void manyAtOnce() {
        var nodes = nodes();
        var found = Race.run(runner -> () -> {
            var node = Race.nodeOf(nodes, runner);
            var handle = Race.hash();
            node.save(handle, handle.getBytes(StandardCharsets.UTF_8), LATER);
            return node.find(handle, NOW)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .filter(handle::equals)
                    .isPresent();
        });
        assertThat(found).containsOnly(true);
    }

    private String saved(String content) {
        var handle = Race.hash();
        store().save(handle, content.getBytes(StandardCharsets.UTF_8), LATER);
        return handle;
    }
}
