package dev.intaglio.server.admin;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The admin interface.
///
/// @param token The bearer token that opens the admin interface. By default a random one, made at the first start and kept
///     in the file admin-token of the data directory.
/// @param offerValidity How long an offer can be taken up if the request to make it does not say.
/// @param port A port for the admin interface alone, without TLS; it is then nowhere else. By default it is where the issuer
///     is.
/// @param address Where that port listens. By default on this machine only.
/// @param idempotencyRetention How long answers are kept for those who ask again with the same Idempotency-Key.
/// @param oauth Whose access tokens are taken besides.
@ConfigurationProperties("intaglio.admin")
public record AdminProperties(
        Optional<String> token,
        @DefaultValue("10m") Duration offerValidity,
        Optional<Integer> port,
        @DefaultValue("127.0.0.1") String address,
        @DefaultValue("24h") Duration idempotencyRetention,
        @DefaultValue AdminOAuth oauth) {
    public AdminProperties {
        token = orEmpty(token);
        port = orEmpty(port);
    }

    @SuppressWarnings("NullableOptional") // Spring Boot binds what is not set to null.
    private static <T> Optional<T> orEmpty(@Nullable Optional<T> bound) {
        return bound == null ? Optional.empty() : bound;
    }

    /// Without the token.
    @Override
    public String toString() {
        return "AdminProperties[offerValidity=" + offerValidity + "]";
    }
}
