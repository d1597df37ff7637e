package dev.intaglio.spring;

import dev.intaglio.authorization.client.AttestationStatus;
import dev.intaglio.issuer.encryption.RotatingDecryptionKeys;
import dev.intaglio.issuer.spi.DecryptionKeys;
import dev.intaglio.issuer.spi.KeyAttestationStatus;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Encryption, key proofs and key attestations. A bean of the application's own keeps the main issuer's keys elsewhere, or
/// says how the status of attestations is learnt.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    EncryptionProperties.class,
    KeyProofProperties.class,
    KeyAttestationProperties.class,
    AttestationStatusProperties.class
})
class MessageProtectionConfiguration {
    @Bean
    AttestationStatuses attestationStatuses(
            AttestationStatusProperties properties,
            ObjectProvider<KeyAttestationStatus> ownOfKeys,
            ObjectProvider<AttestationStatus> ownOfWallets,
            Clock clock) {
        return new AttestationStatuses(
                properties,
                Optional.ofNullable(ownOfKeys.getIfAvailable()),
                Optional.ofNullable(ownOfWallets.getIfAvailable()),
                clock);
    }

    @Bean
    IssuerFeature encryption(ObjectProvider<DecryptionKeys> own) {
        return (issuer, parts) -> {
            var properties = parts.settings().of(EncryptionProperties.class);
            var keys = parts.main() ? own.getIfAvailable(() -> keys(properties, parts)) : keys(properties, parts);
            issuer.encryption(properties.policy(), keys);
        };
    }

    private static DecryptionKeys keys(EncryptionProperties properties, IssuerParts parts) {
        return new RotatingDecryptionKeys(
                parts.identifier().uri(),
                parts.stores().database().secrets(),
                properties.keyRotation(),
                properties.keyGrace(),
                parts.clock());
    }

    @Bean
    IssuerFeature keyProofs(AttestationStatuses statuses) {
        return (issuer, parts) -> {
            var proofs = parts.settings().of(KeyProofProperties.class).policy(parts.clock());
            issuer.proofs(parts.settings()
                    .of(KeyAttestationProperties.class)
                    .policy(statuses.of(parts))
                    .map(proofs::withKeyAttestations)
                    .orElse(proofs));
        };
    }
}
