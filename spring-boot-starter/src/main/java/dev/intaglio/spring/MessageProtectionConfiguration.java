package dev.intaglio.spring;

import dev.intaglio.issuer.encryption.RotatingDecryptionKeys;
import dev.intaglio.issuer.spi.DecryptionKeys;
import dev.intaglio.issuer.spi.KeyAttestationStatus;
import dev.intaglio.storage.jdbc.JdbcStorage;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Encryption, key proofs and key attestations. A bean of the application's own keeps the keys elsewhere, or says how attestations are
/// asked for their status.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({EncryptionProperties.class, KeyProofProperties.class, KeyAttestationProperties.class})
class MessageProtectionConfiguration {
    @Bean
    @ConditionalOnMissingBean
    DecryptionKeys decryptionKeys(
            EncryptionProperties encryption, IssuerIdentifier issuer, JdbcStorage storage, Clock clock) {
        return new RotatingDecryptionKeys(
                issuer.uri(), storage.secrets(), encryption.keyRotation(), encryption.keyGrace(), clock);
    }

    @Bean
    @ConditionalOnMissingBean
    MessageProtection messageProtection(
            EncryptionProperties encryption,
            DecryptionKeys keys,
            KeyProofProperties keyProof,
            KeyAttestationProperties keyAttestation,
            ObjectProvider<KeyAttestationStatus> status) {
        var proofs = keyProof.policy();
        return new MessageProtection(
                encryption.policy(),
                keys,
                keyAttestation
                        .policy(status.getIfAvailable(KeyAttestationStatus::unchecked))
                        .map(proofs::withKeyAttestations)
                        .orElse(proofs));
    }
}
