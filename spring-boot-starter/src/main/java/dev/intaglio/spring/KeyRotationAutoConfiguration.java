package dev.intaglio.spring;

import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.issuer.rotation.KeyRotation;
import dev.intaglio.keys.KeyRing;
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
            KeyRing keys,
            IssuerStores stores,
            CredentialTypes types,
            CredentialFormats formats,
            KeyRotationProperties properties,
            Clock clock) {
        return KeyRotations.of(keys, stores, types, formats, properties, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    NewKeys newKeys(IntaglioProperties properties, IssuerIdentifier issuer, Clock clock) {
        return KeyRotations.newKeys(properties, issuer, clock);
    }

    @Bean
    KeyRotations keyRotations(KeyRotation main, NewKeys mainKeys) {
        return new KeyRotations(main, mainKeys);
    }
}
