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
@ConfigurationProperties("intaglio.admin")
public record AdminProperties(
        Optional<String> token, @DefaultValue("10m") Duration offerValidity) {
    public AdminProperties {
        token = orEmpty(token);
    }

    @SuppressWarnings("NullableOptional") // Spring Boot binds what is not set to null.
    private static Optional<String> orEmpty(@Nullable Optional<String> bound) {
        return bound == null ? Optional.empty() : bound;
    }

    /// Without the token.
    @Override
    public String toString() {
        return "AdminProperties[offerValidity=" + offerValidity + "]";
    }
}
