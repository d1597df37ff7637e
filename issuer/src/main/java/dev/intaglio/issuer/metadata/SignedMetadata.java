package dev.intaglio.issuer.metadata;

import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Metadata as a JWT (§12.2.3). Signed again when it changes, when the key does, and every hour; good for a day.
final class SignedMetadata {
    private static final Duration LIFETIME = Duration.ofDays(1);
    private static final Duration RENEWAL = Duration.ofHours(1);

    private final KeyRing keys;
    private final Clock clock;
    private volatile Optional<Made> latest = Optional.empty();

    private record Made(CredentialIssuerMetadata metadata, String keyId, Instant at, String jwt) {}

    SignedMetadata(KeyRing keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// Empty if no certificate vouches for our key: nobody could trust what it signs.
    Optional<String> of(CredentialIssuerMetadata metadata) {
        return keys.published(KeyUse.METADATA).stream()
                .findFirst()
                .filter(key -> !key.chain().isEmpty())
                .map(key -> signed(metadata, key));
    }

    private String signed(CredentialIssuerMetadata metadata, SigningKey key) {
        var now = clock.instant();
        var known = latest.filter(made -> made.metadata() == metadata
                && made.keyId().equals(key.publicJwk().getKeyID())
                && now.isBefore(made.at().plus(RENEWAL)));
        if (known.isPresent()) {
            return known.get().jwt();
        }
        var jwt = sign(metadata, key, now);
        latest = Optional.of(new Made(metadata, key.publicJwk().getKeyID(), now, jwt));
        return jwt;
    }

    private static String sign(CredentialIssuerMetadata metadata, SigningKey key, Instant now) {
        var identifier = metadata.credentialIssuer().toString();
        var header = JsonObject.builder()
                .put("typ", CredentialIssuerMetadata.SIGNED_TYPE)
                .put(
                        "x5c",
                        X5c.encode(key.chain()).stream().map(Object::toString).toList())
                .build();
        var claims = JsonObject.builder()
                .putAll(metadata.write())
                .put("iss", identifier)
                .put("sub", identifier)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(LIFETIME).getEpochSecond())
                .build();
        return SignedJwt.sign(header, claims, key);
    }
}
