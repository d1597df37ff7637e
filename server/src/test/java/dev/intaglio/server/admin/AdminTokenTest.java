package dev.intaglio.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AdminTokenTest {
    @Test
    @DisplayName("a token that could be guessed is refused at start")
    void refusesShortTokens() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdminToken("admin", "from a test"))
                .withMessageContaining("intaglio.admin.token")
                .withMessageNotContaining("\"admin\"");
    }

    @Test
    @DisplayName("the token is not in its text")
    void isNotInItsText() {
        assertThat(new AdminToken("0123456789abcdef", "from a test").toString()).doesNotContain("0123456789abcdef");
    }

    @Test
    @DisplayName("only the whole token is the token")
    void compares() {
        var token = new AdminToken("0123456789abcdef", "from a test");

        assertThat(token.is("0123456789abcdef")).isTrue();
        assertThat(token.is("0123456789abcde")).isFalse();
        assertThat(token.is("0123456789abcdeF")).isFalse();
        assertThat(token.is("")).isFalse();
    }
}
