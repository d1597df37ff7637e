package dev.intaglio.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.clientattestation.ClientAttestation;
import dev.intaglio.protocol.clientattestation.ClientAttestationPop;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.requirements.Requirement;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongHeadersTest {
    private static final int LONG = 24 * 1024;

    @TempDir
    private static Path data;

    @Test
    @Requirement("AS-ABCA-12")
    @DisplayName("two attestations with long certificate chains fit into the header of a request")
    void room() {
        try (var issuer = TestIssuer.start(data)) {
            var request = Request.post(issuer.at("/token"), Form.empty().with("grant_type", "authorization_code"))
                    .with(ClientAttestation.HEADER, "a".repeat(LONG))
                    .with(ClientAttestationPop.HEADER, "b".repeat(LONG));

            var response = issuer.send(request);

            assertThat(response.status()).isBetween(400, 401);
            assertThat(response.mediaType()).isEqualTo("application/json");
            assertThat(response.bodyObject().string("error")).isNotEmpty();
        }
    }
}
