package dev.intaglio.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a key ring")
class KeyRingTest {

    final SigningKey now = SigningKey.generate(JWSAlgorithm.ES256);
    final SigningKey before = SigningKey.generate(JWSAlgorithm.ES256);

    @Test
    @DisplayName("of one key signs everything with it")
    void one() {
        var ring = KeyRing.of(now);
        for (var use : KeyUse.values()) {
            assertThat(ring.current(use)).isSameAs(now);
            assertThat(ring.published(use)).containsExactly(now);
        }
    }

    @Test
    @DisplayName("signs with the first key and publishes all")
    void rotation() {
        var ring = KeyRing.of(Map.of(KeyUse.CREDENTIAL, List.of(now, before)));
        assertThat(ring.current(KeyUse.CREDENTIAL)).isSameAs(now);
        assertThat(ring.published(KeyUse.CREDENTIAL)).containsExactly(now, before);
    }

    @Test
    @DisplayName("says which use has no key")
    void missing() {
        var ring = KeyRing.of(Map.of(KeyUse.CREDENTIAL, List.of(now)));
        assertThat(ring.published(KeyUse.METADATA)).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> ring.current(KeyUse.METADATA))
                .withMessageContaining("METADATA");
    }

    @Test
    @DisplayName("is refused with an empty list, or with two keys of one kid")
    void refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.of(Map.of(KeyUse.METADATA, List.of())))
                .withMessageContaining("METADATA");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.of(Map.of(KeyUse.METADATA, List.of(now, now))))
                .withMessageContaining(now.publicJwk().getKeyID());
    }
}
