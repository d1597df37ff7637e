package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.store.SharedSecrets;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What [SharedSecrets] must do.
@DisplayName("Secrets that nodes share")
public abstract class SharedSecretsContract {
    protected abstract SharedSecrets store();

    /// Several nodes over the same data.
    protected List<SharedSecrets> nodes() {
        return List.of(store());
    }

    @Test
    @DisplayName("of fifty callers that make one at once, all get the same one's")
    void oneForAll() {
        var nodes = nodes();
        for (int round = 0; round < Race.ROUNDS; round++) {
            var name = Race.hash();
            var found = Race.run(runner -> () -> {
                var own = new byte[] {(byte) runner};
                return (int) Race.nodeOf(nodes, runner).secret(name, () -> own)[0];
            });
            assertThat(new HashSet<>(found)).hasSize(1);
        }
    }

    @Test
    @DisplayName("are forgotten by name: those of one length before another, under one prefix")
    void forgotten() {
        var prefix = Race.hash() + " https://issuer.example/a ";
        var other = prefix.replace("/a ", "-a ");
        for (var name : List.of(prefix + "001", prefix + "002", prefix + "003", prefix + "0001", other + "001")) {
            store().secret(name, () -> new byte[] {1});
        }
        store().forget(prefix, prefix + "003");
        for (var node : nodes()) {
            assertThat(value(node, prefix + "003")).isOne();
            assertThat(value(node, prefix + "0001")).isOne();
            assertThat(value(node, other + "001")).isOne();
            assertThat(value(node, prefix + "001")).isEqualTo(2);
            assertThat(value(node, prefix + "002")).isEqualTo(2);
        }
    }

    private static int value(SharedSecrets node, String name) {
        return node.secret(name, () -> new byte[] {2})[0];
    }
}
