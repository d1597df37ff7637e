package dev.intaglio.protocol.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.requirements.Requirement;
import java.security.SecureRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 7636 Proof Key for Code Exchange")
class PkceTest {
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    @Test
    @Requirement("AS-PKCE-1")
    @DisplayName("Appendix B: the standard's verifier makes the standard's challenge")
    void knownAnswer() {
        assertThat(Pkce.challenge(VERIFIER)).isEqualTo(CHALLENGE);
        assertThat(Pkce.proves(VERIFIER, CHALLENGE)).isTrue();
    }

    @Test
    @DisplayName("new verifiers are verifiers, and differ")
    void newVerifiers() {
        var random = new SecureRandom();
        var verifier = Pkce.newVerifier(random);
        assertThat(Pkce.proves(verifier, Pkce.challenge(verifier))).isTrue();
        assertThat(Pkce.newVerifier(random)).isNotEqualTo(verifier);
        assertThat(Pkce.proves(verifier, CHALLENGE)).isFalse();
    }

    @ParameterizedTest
    @Requirement("AS-PKCE-1")
    @DisplayName("a verifier has 43 to 128 characters, all unreserved")
    @ValueSource(
            strings = {"", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX+"})
    void noVerifier(String text) {
        assertThat(Pkce.proves(text, CHALLENGE)).isFalse();
        assertThatThrownBy(() -> Pkce.challenge(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Requirement("AS-PKCE-1")
    @DisplayName("128 characters are a verifier, 129 are none")
    void longest() {
        assertThat(Pkce.challenge("~".repeat(128))).hasSize(43);
        assertThatThrownBy(() -> Pkce.challenge("~".repeat(129))).isInstanceOf(IllegalArgumentException.class);
    }
}
