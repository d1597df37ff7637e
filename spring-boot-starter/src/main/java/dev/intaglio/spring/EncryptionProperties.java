package dev.intaglio.spring;

import dev.intaglio.issuer.encryption.EncryptionPolicy;
import dev.intaglio.issuer.encryption.EncryptionPolicy.Use;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Encryption of Credential Requests and Responses on top of TLS.
///
/// @param requests Whether wallets encrypt Credential Requests: off, optional (as they like) or required.
/// @param responses Whether Credential Responses are encrypted: off, optional (if the wallet asks for it) or required. Not
///     without encrypted requests.
/// @param keyRotation How long a key for requests is published before another takes its place; at least an hour.
/// @param keyGrace How long a key for requests is still taken after that, since wallets keep metadata for a while; at least
///     10 minutes, at most as long as it was published. It is destroyed when the next key but one is made.
@ConfigurationProperties("intaglio.encryption")
public record EncryptionProperties(
        @DefaultValue("optional") Use requests,
        @DefaultValue("optional") Use responses,
        @DefaultValue("1d") Duration keyRotation,
        @DefaultValue("12h") Duration keyGrace) {
    EncryptionPolicy policy() {
        return new EncryptionPolicy(requests, responses);
    }
}
