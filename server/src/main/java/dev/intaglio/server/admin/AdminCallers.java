package dev.intaglio.server.admin;

import dev.intaglio.issuer.spi.AccessTokenVerifier;
import dev.intaglio.protocol.oauth.AccessToken;
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
    private final Optional<AccessTokenVerifier> oauth;
    private final Function<HttpServletRequest, String> tenant;
    private final BiPredicate<String, String> opens;

    /// @param oauth empty if no server is named
    /// @param tenant whose request it is; empty for the main issuer's
    /// @param opens whether a token opens the admin interface of a tenant
    AdminCallers(
            AdminToken token,
            Optional<AccessTokenVerifier> oauth,
            Function<HttpServletRequest, String> tenant,
            BiPredicate<String, String> opens) {
        this.token = token;
        this.oauth = oauth;
        this.tenant = tenant;
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
        var name = tenant.apply(request);
        return name.isEmpty() ? operator(request, token::is) : atTenant(request, name);
    }

    /// A tenant's own token opens what is this tenant's, and so does what opens everything.
    private Optional<Caller> atTenant(HttpServletRequest request, String name) {
        return operator(request, presented -> token.is(presented) || opens.test(presented, name))
                .filter(caller -> caller.may(ALL))
                .map(caller -> new Caller(caller.id() + " at the tenant " + name, Set.of(ALL)));
    }

    private Optional<Caller> operator(HttpServletRequest request, Predicate<String> fits) {
        var header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            var presented = header.substring(BEARER.length()).strip();
            return fits.test(presented) ? Optional.of(holder()) : oauth.flatMap(server -> of(server, presented));
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
