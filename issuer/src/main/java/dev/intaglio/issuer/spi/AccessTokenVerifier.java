package dev.intaglio.issuer.spi;

import dev.intaglio.protocol.oauth.AccessToken;
import java.util.Optional;

/// Recognises access tokens. Our authorization server offers this as a method; for an
/// external one implement it over its JWTs or its introspection endpoint. Binding to a DPoP key is checked by the caller.
@FunctionalInterface
public interface AccessTokenVerifier {
    /// @return empty if the token is unknown, expired, revoked or meant for somebody else
    Optional<AccessToken> verify(String token);
}
