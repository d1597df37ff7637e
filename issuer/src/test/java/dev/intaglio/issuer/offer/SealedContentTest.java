package dev.intaglio.issuer.offer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Offers at rest")
class SealedContentTest {
    private static final byte[] CONTENT = "{\"pre-authorized_code\":\"s3cret\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    @DisplayName("are opened by their reference alone")
    void opens() {
        var sealed = SealedContent.seal("reference", CONTENT);
        assertThat(SealedContent.open("reference", sealed))
                .hasValueSatisfying(content -> assertThat(content).isEqualTo(CONTENT));
        assertThat(SealedContent.open("Reference", sealed)).isEmpty();
        assertThat(SealedContent.open(SealedContent.handle("reference"), sealed))
                .isEmpty();
    }

    @Test
    @DisplayName("show neither reference nor content")
    void hidden() {
        assertThat(new String(SealedContent.seal("reference", CONTENT), StandardCharsets.ISO_8859_1))
                .doesNotContain("s3cret", "reference");
        assertThat(SealedContent.handle("reference")).hasSize(43).isNotEqualTo(SealedContent.handle("reference2"));
    }

    @Test
    @DisplayName("altered in any byte, cut or empty are not opened")
    void altered() {
        var sealed = SealedContent.seal("reference", CONTENT);
        for (var i = 0; i < sealed.length; i++) {
            var other = sealed.clone();
            other[i] ^= 1;
            assertThat(SealedContent.open("reference", other)).isEmpty();
        }
        assertThat(SealedContent.open("reference", Arrays.copyOf(sealed, sealed.length - 1)))
                .isEmpty();
        assertThat(SealedContent.open("reference", new byte[0])).isEmpty();
    }
}
