package dev.intaglio.server.tls;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/// Tells Spring Boot's server of our certificate, before anything asks whether it speaks TLS.
public final class TlsSwitch implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    static final String BUNDLE_SETTING = "server.ssl.bundle";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        var enabled = Binder.get(environment)
                .bind(TlsProperties.PREFIX, TlsProperties.class)
                .map(TlsProperties::enabled)
                .orElse(false);
        if (enabled) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource("tls", Map.of(BUNDLE_SETTING, TlsReload.BUNDLE)));
        }
    }
}
