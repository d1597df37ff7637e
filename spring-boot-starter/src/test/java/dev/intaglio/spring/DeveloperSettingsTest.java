package dev.intaglio.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.issuer.recorder.FlightRecorder;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/// Explanations, records and limits, as they are set.
class DeveloperSettingsTest {
    private WebApplicationContextRunner application = new WebApplicationContextRunner();

    @BeforeEach
    void anApplication(@TempDir Path directory) {
        application = new WebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(IntaglioAutoConfiguration.class, AfterRequestAutoConfiguration.class))
                .withPropertyValues("intaglio.data-directory=" + directory);
    }

    private static Response ask(Handler endpoints, String path, String address) {
        var request = Request.post(
                URI.create("http://127.0.0.1:8080" + path), Form.empty().with("grant_type", "password"));
        return endpoints.handle(
                new Request(request.method(), request.uri(), request.headers(), request.body(), Optional.of(address)));
    }

    @Test
    @DisplayName("errors explain themselves where that is set, and only there")
    void explaining() {
        application.run(context -> assertThat(
                        ask(context.getBean(AuthorizationServer.class).handler(), "/token", "192.0.2.1")
                                .bodyText())
                .contains("unsupported_grant_type")
                .doesNotContain("password"));
        application.withPropertyValues("intaglio.explain-errors=true").run(context -> {
            assertThat(ask(context.getBean(AuthorizationServer.class).handler(), "/token", "192.0.2.1")
                            .bodyText())
                    .contains("came: password");
            assertThat(ask(context.getBean(CredentialIssuer.class).handler(), "/nonce", "192.0.2.1")
                            .status())
                    .isEqualTo(200);
        });
    }

    @Test
    @DisplayName("issuances are recorded unless that is switched off")
    void recording() {
        application.run(context -> assertThat(context).hasSingleBean(FlightRecorder.class));
        application
                .withPropertyValues("intaglio.recorder.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(FlightRecorder.class));
        application
                .withPropertyValues("intaglio.recorder.retention=0s")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("intaglio.recorder.retention"));
    }

    @Test
    @DisplayName("both servers take so many requests of an address as is set; a proxy they were not told about is none")
    void limits() {
        application.withPropertyValues("intaglio.rate-limits.per-address=2").run(context -> {
            var servers = List.of(
                    context.getBean(AuthorizationServer.class).handler(),
                    context.getBean(CredentialIssuer.class).handler());
            var paths = List.of("/token", "/nonce");
            for (var i = 0; i < 2; i++) {
                for (var sent = 0; sent < 2; sent++) {
                    assertThat(ask(servers.get(i), paths.get(i), "192.0.2.1").status())
                            .isNotEqualTo(429);
                }
                var refused = ask(servers.get(i), paths.get(i), "192.0.2.1");
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.header("Retry-After")).isPresent();
                for (var sent = 0; sent < 9; sent++) {
                    assertThat(ask(servers.get(i), paths.get(i), "10.0.0.1").status())
                            .isNotEqualTo(429);
                }
            }
        });
    }
}
