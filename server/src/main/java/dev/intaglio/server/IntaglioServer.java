package dev.intaglio.server;

import dev.intaglio.keys.CryptoProviders;
import dev.intaglio.server.admin.AdminToken;
import dev.intaglio.server.tls.TlsSwitch;
import dev.intaglio.spring.IssuerIdentifier;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/// The issuer as a program, and as an object for those who start it from theirs.
///
/// ```java
/// try (var server = IntaglioServer.start(Map.of("server.port", 0, "intaglio.data-directory", directory))) {
///     System.out.println(server.address());
/// }
/// ```
@SpringBootApplication(
        proxyBeanMethods = false,
        // Of Spring Security the pages use the password hashes and the client of OpenID Providers, and nothing guards
        // the
        // protocol but the protocol itself.
        excludeName = {
            "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.oauth2.client.autoconfigure.servlet.OAuth2ClientWebSecurityAutoConfiguration"
        })
public class IntaglioServer {
    private static final Logger LOG = LoggerFactory.getLogger(IntaglioServer.class);

    /// Runs until it is stopped.
    public static void main(String[] arguments) {
        application().run(arguments);
    }

    /// Starts a server with these properties, which go before those of the environment. With `server.port` 0 it takes a free
    /// port.
    ///
    /// @return when it answers requests
    public static RunningServer start(Map<String, ?> properties) {
        var application = application();
        application.setRegisterShutdownHook(false);
        var arguments = properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        return new RunningServer(application.run(arguments));
    }

    private static SpringApplication application() {
        FastCryptography.install();
        var application = new SpringApplication(IntaglioServer.class);
        application.addInitializers(new FreePort(), new TlsSwitch());
        application.addListeners(
                (ApplicationListener<ApplicationReadyEvent>) ready -> announce(ready.getApplicationContext()));
        return application;
    }

    private static void announce(ConfigurableApplicationContext context) {
        LOG.info("{}", CryptoProviders.active());
        var token = context.getBean(AdminToken.class);
        LOG.info(
                "Intaglio is ready at {} (admin token {})",
                context.getBean(IssuerIdentifier.class).uri(),
                token.origin());
    }
}
