package dev.intaglio.server.admin;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The OAuth server whose access tokens open an issuer's admin interface: each tenant may have its own.
///
/// @param issuer The identifier of an OAuth server whose JWT access tokens open what their scopes say.
/// @param audience What their aud must hold. By default the Credential Issuer Identifier followed by /admin.
@ConfigurationProperties("intaglio.admin.oauth")
public record AdminOAuth(Optional<URI> issuer, Optional<String> audience) {
    public AdminOAuth {
        issuer = orEmpty(issuer);
        audience = orEmpty(audience);
    }

    @SuppressWarnings("NullableOptional") // Spring Boot binds what is not set to null.
    private static <T> Optional<T> orEmpty(@Nullable Optional<T> bound) {
        return bound == null ? Optional.empty() : bound;
    }
}
