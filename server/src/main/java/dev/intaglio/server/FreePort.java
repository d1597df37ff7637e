package dev.intaglio.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/// Chooses the port when none is named (`server.port` 0). Not left to the server, because the issuer's identifier holds the
/// port and is needed before the server listens.
final class FreePort implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        if ("0".equals(environment.getProperty("server.port"))) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource("free port", Map.of("server.port", choose())));
        }
    }

    private static int choose() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("there is no free port", none);
        }
    }
}
