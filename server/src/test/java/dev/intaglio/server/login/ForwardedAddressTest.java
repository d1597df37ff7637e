package dev.intaglio.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Tries are counted by the address of the client")
class ForwardedAddressTest {
    @TempDir
    private Path data;

    @ParameterizedTest(name = "trusted: {0}, so another address is answered with {1}")
    @CsvSource({"127.0.0.1, 403", "10.0.0.0/8, 429"})
    @DisplayName("which a trusted proxy names, and nobody else: who makes addresses up is held all the same")
    void clientAddress(String trusted, int status) {
        try (var issuer =
                Browser.issuer(data, "intaglio.trusted-proxies", trusted, "intaglio.login.tries-per-address", "1")) {
            var first = new Browser(issuer).forwardedFor("203.0.113.1");
            var page = first.begin();
            assertThat(first.signIn(page, "erika.m", "wrong").status()).isEqualTo(403);
            assertThat(first.signIn(page, "max", "wrong").status()).isEqualTo(429);

            var second = new Browser(issuer).forwardedFor("203.0.113.2");

            assertThat(second.signIn(second.begin(), "max", "wrong").status()).isEqualTo(status);
        }
    }
}
