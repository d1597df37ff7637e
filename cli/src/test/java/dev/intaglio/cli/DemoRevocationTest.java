package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoRevocationTest {
    @ParameterizedTest
    @ValueSource(strings = {"dc+sd-jwt", "mso_mdoc", "ldp_vc", "vc+jwt"})
    @DisplayName("--revoke takes the credential back, and anybody can read of it")
    void revoked(String format) {
        var ran = Ran.command("demo", "--revoke", "--exit", "--json", "--format", format);

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.json().string("status_before")).isEqualTo("valid");
        assertThat(ran.json().string("status_after")).isEqualTo("revoked");
        assertThat(ran.json().integer("revocation_visible_ms")).isPositive();
    }

    @Test
    @DisplayName("revoke needs to be told which credentials")
    void whichCredentials() {
        var ran = Ran.command("revoke", "--token", "none", "--reason", "none");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("say which credentials");
    }
}
