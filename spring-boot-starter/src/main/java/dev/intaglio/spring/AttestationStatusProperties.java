package dev.intaglio.spring;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the status of key attestations and wallet attestations is learnt.
///
/// @param check Whether the Token Status List that an attestation names is fetched. By default it is; attestations without
///     status are good until they expire.
/// @param timeout How long an answer may take. Of the whole server.
/// @param follow How often the status of an attestation is looked at again as long as credentials that were issued on its word
///     are valid; they follow it. 0 for never. Of the whole server.
/// @param privateHosts Hosts that may be asked although their address is not public, and over http, too: for development. Of the whole server.
@ConfigurationProperties("intaglio.attestation-status")
public record AttestationStatusProperties(
        @DefaultValue("true") boolean check,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("15m") Duration follow,
        List<String> privateHosts) {
    public AttestationStatusProperties {
        privateHosts = orEmpty(privateHosts);
        if (follow.isNegative()) {
            throw new IllegalArgumentException("intaglio.attestation-status.follow is not negative");
        }
    }

    private static List<String> orEmpty(@Nullable List<String> bound) {
        return bound == null ? List.of() : List.copyOf(bound);
    }
}
