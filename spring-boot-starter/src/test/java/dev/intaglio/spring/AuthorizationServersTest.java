package dev.intaglio.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.issuer.offer.OfferRequest;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class AuthorizationServersTest {
    private static final String FIRST = "intaglio.authorization-servers[0].";
    private static final String SECOND = "intaglio.authorization-servers[1].";
    private static final String OWN = "/.well-known/oauth-authorization-server";

    @TempDir
    private Path directory;

    private WebApplicationContextRunner application = new WebApplicationContextRunner();

    @BeforeEach
    void configure() {
        application = application
                .withConfiguration(AutoConfigurations.of(IntaglioAutoConfiguration.class))
                .withPropertyValues("intaglio.data-directory=" + directory, "intaglio.issuer=https://issuer.example");
    }

    @Test
    @DisplayName("without external servers the metadata names none, and our own serves")
    void none() {
        application.run(context -> {
            assertThat(context.getBean(CredentialIssuer.class).metadata().authorizationServers())
                    .isEmpty();
            assertThat(serves(context.getBean(FilterRegistrationBean.class), OWN))
                    .isTrue();
        });
    }

    @Test
    @Requirement({"CI-META-12", "CI-OFFER-7"})
    @DisplayName("beside external ones our own is named first, and offers are redeemed there")
    void besideOurOwn() {
        application
                .withPropertyValues(
                        FIRST + "issuer=https://login.example/realms/citizens",
                        SECOND + "issuer=https://other.example",
                        SECOND + "verification=introspection",
                        SECOND + "client-id=issuer",
                        SECOND + "client-secret=secret")
                .run(context -> {
                    var issuer = context.getBean(CredentialIssuer.class);
                    assertThat(issuer.metadata().authorizationServers())
                            .containsExactly(
                                    URI.create("https://issuer.example"),
                                    URI.create("https://login.example/realms/citizens"),
                                    URI.create("https://other.example"));
                    assertThat(issuer.offers()
                                    .create(order())
                                    .offer()
                                    .grants()
                                    .preAuthorizedCode()
                                    .orElseThrow()
                                    .authorizationServer())
                            .contains(URI.create("https://issuer.example"));
                    assertThat(serves(context.getBean(FilterRegistrationBean.class), OWN))
                            .isTrue();
                });
    }

    @Test
    @DisplayName("without our own there is none of its endpoints, and an offer with a code is refused with the reason")
    void withoutOurOwn() {
        application
                .withPropertyValues(
                        "intaglio.own-authorization-server=false",
                        FIRST + "issuer=https://login.example/realms/citizens")
                .run(context -> {
                    var issuer = context.getBean(CredentialIssuer.class);
                    assertThat(issuer.metadata().authorizationServers())
                            .containsExactly(URI.create("https://login.example/realms/citizens"));
                    assertThatThrownBy(() -> issuer.offers().create(order()))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("authorization server of the issuer's own");
                    var filter = context.getBean(FilterRegistrationBean.class);
                    assertThat(serves(filter, OWN)).isFalse();
                    assertThat(serves(filter, "/token")).isFalse();
                    assertThat(serves(filter, "/nonce")).isTrue();
                    assertThat(context.getBean(AuthorizationServer.class).serves("/token"))
                            .isTrue();
                });
    }

    @Nested
    @DisplayName("What contradicts itself is told at start")
    class Refusals {
        @Test
        @DisplayName("no server at all")
        void noServer() {
            fails("no wallet could get a token", "intaglio.own-authorization-server=false");
        }

        @Test
        @DisplayName("a server without a name, ourselves, or the same twice")
        void names() {
            fails(FIRST + "issuer is missing", FIRST + "subject-claim=sub");
            fails("https", FIRST + "issuer=http://login.example");
            fails("no external server", FIRST + "issuer=https://issuer.example");
            fails("twice", FIRST + "issuer=https://login.example", SECOND + "issuer=https://login.example");
        }

        @Test
        @DisplayName("introspection by nobody, or by two ways at once; a client without introspection")
        void clients() {
            var server = FIRST + "issuer=https://login.example";
            var introspection = FIRST + "verification=introspection";
            fails("client-id", server, introspection);
            fails("client-secret or client-key", server, introspection, FIRST + "client-id=issuer");
            fails(
                    "client-secret or client-key",
                    server,
                    introspection,
                    FIRST + "client-id=issuer",
                    FIRST + "client-secret=secret",
                    FIRST + "client-key=key.pem");
            fails("only verification: introspection", server, FIRST + "client-secret=secret");
        }

        @Test
        @DisplayName("an algorithm that proves nothing")
        void algorithms() {
            fails(
                    FIRST.substring(0, FIRST.length() - 1),
                    FIRST + "issuer=https://login.example",
                    FIRST + "algorithms=HS256");
        }

        private void fails(String message, String... properties) {
            application
                    .withPropertyValues(properties)
                    .run(context -> assertThat(context).getFailure().hasStackTraceContaining(message));
        }
    }

    private static OfferRequest order() {
        return new OfferRequest("erika", List.of("diploma_sd_jwt"), Optional.empty(), Duration.ofMinutes(5));
    }

    private static boolean serves(FilterRegistrationBean<?> filter, String path) throws Exception {
        var request = new MockHttpServletRequest("GET", path);
        request.setServerName("issuer.example");
        request.setScheme("https");
        request.setServerPort(443);
        var rest = new MockFilterChain();
        filter.getFilter().doFilter(request, new MockHttpServletResponse(), rest);
        return rest.getRequest() == null;
    }
}
