package dev.intaglio.spring;

import dev.intaglio.issuer.credential.OutlivingCredentials;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How signing keys follow one another.
///
/// @param outliving What becomes of credentials that would be valid for longer than the certificates of the key that signs
///     them: cut (they end with it), refused or allowed.
/// @param publishedBefore How long a staged key is published before it may sign.
@ConfigurationProperties("intaglio.keys")
public record KeyRotationProperties(
        @DefaultValue("cut") OutlivingCredentials outliving,
        @DefaultValue("1h") Duration publishedBefore) {
    public KeyRotationProperties {
        if (publishedBefore.isNegative()) {
            throw new IllegalArgumentException("intaglio.keys.published-before is not negative");
        }
    }
}
