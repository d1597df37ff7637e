package dev.intaglio.server.admin;

import dev.intaglio.issuer.accesstoken.ExternalAuthorizationServer;
import dev.intaglio.issuer.accesstoken.JwtAccessTokens;
import dev.intaglio.issuer.spi.AccessTokenVerifier;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.spring.IssuerIdentifier;
import dev.intaglio.spring.IssuerParts;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/// Access tokens of the OAuth server that an issuer believes for its admin interface.
///
/// @param verifier empty if it names none
record AdminTokens(Optional<AccessTokenVerifier> verifier) {
    static AdminTokens of(IssuerParts tenant, Handler transport) {
        return of(tenant.settings().of(AdminOAuth.class), tenant.identifier(), transport, tenant.clock());
    }

    static AdminTokens of(AdminOAuth settings, IssuerIdentifier identifier, Handler transport, Clock clock) {
        return new AdminTokens(settings.issuer().map(server -> {
            var audience =
                    settings.audience().orElse(identifier.uri().toString().replaceFirst("/$", "") + "/admin");
            return JwtAccessTokens.of(
                    ExternalAuthorizationServer.of(server, identifier.uri()).withAudiences(Set.of(audience)),
                    transport,
                    clock);
        }));
    }
}
