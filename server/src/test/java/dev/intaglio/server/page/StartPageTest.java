package dev.intaglio.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.server.TestIssuer;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartPageTest {
    @TempDir
    private Path data;

    @Test
    @DisplayName("names the issuer and its credentials; every link and file on it is there; no token is in it")
    void startPage() {
        try (var issuer = TestIssuer.start(data, "intaglio.admin.token", "a token of the operator's own")) {
            var page = issuer.page("/");

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.bodyText())
                    .contains("Intaglio", "Personal ID", "University diploma", "Employee badge")
                    .contains(issuer.server().issuer().toString())
                    .contains("/.well-known/openid-credential-issuer", "/.well-known/oauth-authorization-server")
                    .doesNotContain(issuer.server().adminToken());
            var links = Pattern.compile("(?:href|src)=\"(/[^\"]*)\"")
                    .matcher(page.bodyText())
                    .results()
                    .toList();
            assertThat(links)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(link -> assertThat(issuer.get(link.group(1)).status())
                            .as(link.group(1))
                            .isEqualTo(200));
            assertThat(data.resolve("admin-token")).doesNotExist();
            assertThat(issuer.server().adminToken()).isEqualTo("a token of the operator's own");
        }
    }
}
