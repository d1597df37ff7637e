package dev.intaglio.spring;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.intaglio.issuer.proof.KeyAttestationPolicy;
import dev.intaglio.issuer.spi.KeyAttestationStatus;
import dev.intaglio.keys.TrustAnchors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Whose key attestations are believed. Which credential types require one, and of what level, is said in their definitions.
///
/// @param trustAnchors A PEM file with the certificates of those who certify wallet providers and key storages.
/// @param keys A JWK Set file with the keys of wallet providers that have no certificates; none by default.
/// @param unknownStatus What becomes of an attestation whose status cannot be learnt: refuse or accept.
@ConfigurationProperties("intaglio.key-attestation")
public record KeyAttestationProperties(
        Optional<String> trustAnchors,
        Optional<String> keys,
        @DefaultValue("refuse") UnknownStatus unknownStatus) {
    public KeyAttestationProperties {
        trustAnchors = orEmpty(trustAnchors);
        keys = orEmpty(keys);
    }

    /// Empty if nobody is trusted.
    Optional<KeyAttestationPolicy> policy(AttestationStatuses statuses) {
        if (trustAnchors.isEmpty() && keys.isEmpty()) {
            return Optional.empty();
        }
        var trusting = new KeyAttestationPolicy(
                trustAnchors.map(KeyAttestationProperties::anchors).orElseGet(TrustAnchors::none),
                keys.map(KeyAttestationProperties::jwks).orElse(List.of()),
                KeyAttestationStatus.unchecked());
        var status = statuses.of(trusting);
        return Optional.of(
                trusting.withStatus(unknownStatus == UnknownStatus.ACCEPT ? status.acceptingUnknown() : status));
    }

    private static TrustAnchors anchors(String file) {
        try {
            return TrustAnchors.pem(Path.of(file));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new IllegalStateException(
                    "intaglio.key-attestation.trust-anchors: " + file + " cannot be read", unreadable);
        }
    }

    private static List<JWK> jwks(String file) {
        try {
            return JWKSet.load(Path.of(file).toFile()).toPublicJWKSet().getKeys();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("intaglio.key-attestation.keys: " + file + " cannot be read", unreadable);
        } catch (ParseException malformed) {
            throw new IllegalStateException("intaglio.key-attestation.keys: " + file + " is not a JWK Set", malformed);
        }
    }

    @SuppressWarnings("NullableOptional") // Spring Boot binds what is not set to null.
    private static Optional<String> orEmpty(@Nullable Optional<String> bound) {
        return bound == null ? Optional.empty() : bound;
    }
}
