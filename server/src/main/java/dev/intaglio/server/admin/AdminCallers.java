package dev.intaglio.server.admin;

import dev.intaglio.issuer.spi.AccessTokenVerifier;
import dev.intaglio.protocol.oauth.AccessToken;
import dev.intaglio.spring.AssembledIssuer;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/// Who calls the admin interface: whoever has the static token, or an access token of the OAuth server the operator names.
final class AdminCallers {
    /// The scope that opens everything, as the static token does.
    static final String ALL = "intaglio.admin";

    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private final AdminToken token;
    private final AdminTokens oauth;
    private final Function<HttpServletRequest, AssembledIssuer> issuers;
    private final Function<AssembledIssuer, AdminTokens> ofTenants;
    private final BiPredicate<String, String> opens;

    /// @param issuers whose request it is
    /// @param ofTenants the OAuth server that a tenant believes
    /// @param opens whether a token opens the admin interface of a tenant
    AdminCallers(
            AdminToken token,
            AdminTokens oauth,
            Function<HttpServletRequest, AssembledIssuer> issuers,
            Function<AssembledIssuer, AdminTokens> ofTenants,
            BiPredicate<String, String> opens) {
        this.token = token;
        this.oauth = oauth;
        this.issuers = issuers;
        this.ofTenants = ofTenants;
        this.opens = opens;
    }

    /// @param id the same for the same caller's next token
    record Caller(String id, Set<String> scopes) {
        boolean may(String scope) {
            return scopes.contains(ALL) || scopes.contains(scope);
        }
    }

    /// @return empty for nobody we know
    Optional<Caller> of(HttpServletRequest request) {
        var issuer = issuers.apply(request);
        return issuer.parts().main()
                ? caller(request, token::is, oauth)
                : atTenant(request, issuer)
                        .map(caller -> new Caller(caller.id() + " at the tenant " + issuer.tenant(), caller.scopes()));
    }

    /// A tenant's own token opens what is this tenant's, and so does what opens everything; an access token of the tenant's own
    /// OAuth server opens what its scopes say.
    private Optional<Caller> atTenant(HttpServletRequest request, AssembledIssuer tenant) {
        return caller(request, presented -> token.is(presented) || opens.test(presented, tenant.tenant()), oauth)
                .filter(caller -> caller.may(ALL))
                .or(() -> caller(request, presented -> false, ofTenants.apply(tenant)));
    }

    private static Optional<Caller> caller(HttpServletRequest request, Predicate<String> fits, AdminTokens oauth) {
        var header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            var presented = header.substring(BEARER.length()).strip();
            return fits.test(presented)
                    ? Optional.of(holder())
                    : oauth.verifier().flatMap(server -> of(server, presented));
        }
        return header.regionMatches(true, 0, BASIC, 0, BASIC.length()) && ownPage(request)
                ? password(header.substring(BASIC.length()).strip())
                        .filter(fits)
                        .map(fitting -> holder())
                : Optional.empty();
    }

    private static Caller holder() {
        return new Caller("the admin token", Set.of(ALL));
    }

    /// A token that is bound to a key is no Bearer token.
    private static Optional<Caller> of(AccessTokenVerifier server, String presented) {
        return server.verify(presented)
                .filter(good -> good.dpopKeyThumbprint().isEmpty())
                .map(AdminCallers::caller);
    }

    private static Caller caller(AccessToken good) {
        return new Caller("oauth " + good.authorizationId(), good.scopes());
    }

    private static boolean ownPage(HttpServletRequest request) {
        return request.getMethod().equals("GET") || "same-origin".equals(request.getHeader("Sec-Fetch-Site"));
    }

    private static Optional<String> password(String credentials) {
        try {
            var text = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return Optional.of(text.substring(text.indexOf(':') + 1));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
