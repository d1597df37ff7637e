package dev.intaglio.issuer.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.DocumentSecuring;
import dev.intaglio.issuer.store.CredentialState;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.statuslist.Bitstring;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Every list says of every credential")
class StatusResourceTest {
    private static final DocumentSecuring SECURING = CredentialFormats.onClassPath(new SecureRandom())
            .find("vc+jwt")
            .orElseThrow()
            .documentSecuring()
            .orElseThrow();

    private final byte[] states = new byte[Bitstring.FEWEST / 4];

    StatusResourceTest() {
        new Random(7).nextBytes(states);
    }

    private CredentialState state(int index) {
        return CredentialState.values()[states[index >> 2] >> (index & 3) * 2 & 3];
    }

    private Bitstring list(String purpose) {
        return new StatusResource.Credential(purpose, SECURING, Optional.empty(), KeyUse.CREDENTIAL).list(states);
    }

    @Test
    @Requirement({"CI-STAT-1", "CI-STAT-5"})
    @DisplayName("what its state is")
    void everyState() {
        var token = StatusResource.Token.list(states);
        var revocation = list("revocation");
        var suspension = list("suspension");
        var message = list("message");
        assertThat(revocation.size()).isEqualTo(Bitstring.FEWEST);
        assertThat(message.size()).isEqualTo(Bitstring.FEWEST);
        for (var index = 0; index < Bitstring.FEWEST; index++) {
            var state = state(index);
            assertThat(token.status(index)).isEqualTo(StatusResource.statusType(state));
            assertThat(revocation.status(index))
                    .isEqualTo(state == CredentialState.REVOKED || state == CredentialState.EXPIRED ? 1 : 0);
            assertThat(suspension.status(index)).isEqualTo(state == CredentialState.SUSPENDED ? 1 : 0);
            assertThat(message.status(index)).isEqualTo(state.ordinal());
        }
    }
}
