package dev.intaglio.spring;

import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.issuer.rotation.KeyRotation;
import dev.intaglio.issuer.rotation.RotatingKeyRing;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.development.DevelopmentKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/// Rotation of the main issuer's keys, unless the application brings a key ring of its own.
@AutoConfiguration(after = IntaglioAutoConfiguration.class)
@EnableConfigurationProperties(KeyRotationProperties.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class KeyRotationAutoConfiguration {
    @Bean
    IssuerFeature outlivingCredentials() {
        return (issuer, parts) -> issuer.outliving(
                parts.settings().of(KeyRotationProperties.class).outliving());
    }

    /// @throws IllegalStateException where the application has a key ring of its own
    @Bean
    @ConditionalOnMissingBean
    KeyRotation keyRotation(
            KeyRing keys, IssuerStores stores, CredentialTypes types, KeyRotationProperties properties, Clock clock) {
        if (!(keys instanceof RotatingKeyRing ring)) {
            throw new IllegalStateException("the application's own key ring is not rotated here");
        }
        return new KeyRotation(
                ring,
                stores.database().keyStates(),
                stores.issuances(),
                types.definitions(),
                properties.publishedBefore(),
                new LogEvents(new SecureRandom()),
                clock);
    }

    @Bean
    @ConditionalOnMissingBean
    NewKeys newKeys(IntaglioProperties properties, IssuerIdentifier issuer, Clock clock) {
        return use -> {
            if (!ConfiguredKeys.development(properties)) {
                throw new IllegalArgumentException(
                        "keys come from the files of intaglio.keys: put the new one there, and"
                                + " name it by its kid");
            }
            try {
                return DevelopmentKeys.add(properties.data(), use, issuer.uri(), clock, new SecureRandom())
                        .publicJwk()
                        .getKeyID();
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        };
    }
}
