package dev.intaglio.authorization.grant;

import dev.intaglio.authorization.client.Client;
import dev.intaglio.authorization.store.GrantedAuthorization;
import dev.intaglio.authorization.store.RefreshGrant;
import dev.intaglio.authorization.store.RefreshTokens;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.nonce.Unguessable;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.oauth.Refusal;
import dev.intaglio.protocol.oauth.TokenErrors;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Refresh tokens (RFC 6749 section 6, §14.5). One that only its client can use stays the same: it is bound to the client's
/// authentication, to the key of an attested instance, or to the DPoP key of a public client. A public client without DPoP
/// gets a new one each time, and who comes with an old one ends them all (RFC 9700, section 4.14.2).
public final class RefreshTokenGrant {
    private final RefreshTokens tokens;
    private final RequestableCredentials credentials;
    private final Revocation revocation;
    private final Duration lifetime;
    private final Clock clock;
    private final SecureRandom random;

    /// @param lifetime counted from the authorization; a successor does not live longer than its predecessor
    public RefreshTokenGrant(
            RefreshTokens tokens,
            RequestableCredentials credentials,
            Revocation revocation,
            Duration lifetime,
            Clock clock,
            SecureRandom random) {
        this.tokens = tokens;
        this.credentials = credentials;
        this.revocation = revocation;
        this.lifetime = lifetime;
        this.clock = clock;
        this.random = random;
    }

    String issue(GrantedAuthorization authorization, Client client, Optional<String> dpopKey) {
        var token = Unguessable.text(random, Unguessable.SECRET);
        // A confidential client is free to change its DPoP key (RFC 9449, section 5).
        var boundKey = client.authenticated() ? Optional.<String>empty() : dpopKey;
        tokens.save(
                hash(token),
                new RefreshGrant(authorization, client.authenticated(), boundKey, client.instanceKeyThumbprint()),
                clock.instant().plus(lifetime));
        return token;
    }

    /// @param scope asks for less than was granted (RFC 6749, section 6)
    /// @param requested asks for less than was granted (§6.1.1)
    /// @throws Refusal `invalid_grant`, `invalid_scope` or `invalid_authorization_details`
    public Redeemed redeem(
            Grant.RefreshToken grant,
            Client client,
            Optional<String> dpopKey,
            Optional<String> scope,
            List<AuthorizationDetail> requested) {
        var now = clock.instant();
        var hash = hash(grant.token());
        var found = tokens.find(hash, now).orElseThrow(RefreshTokenGrant::unknown);
        requireOwner(found, client, dpopKey);
        var granted = found.authorization();
        if (revocation.revoked(granted.authorizationId())) {
            throw unknown().because("the authorization is revoked");
        }
        var authorization = scope.isPresent() && requested.isEmpty()
                ? credentials.narrowed(granted, scope.get())
                : credentials.narrowed(granted, requested);
        return new Redeemed(authorization, bound(found) ? Optional.empty() : Optional.of(successor(hash, granted)));
    }

    private static boolean bound(RefreshGrant grant) {
        return grant.clientAuthenticated() || grant.dpopKeyThumbprint().isPresent();
    }

    private static void requireOwner(RefreshGrant grant, Client client, Optional<String> dpopKey) {
        if (!client.id().filter(grant.authorization().clientId()::equals).isPresent()) {
            throw TokenErrors.invalidGrant("the refresh token was given to another client");
        }
        if (grant.clientAuthenticated() && !client.authenticated()) {
            throw TokenErrors.invalidClient("the client authenticated for the refresh token and must again");
        }
        if (grant.instanceKeyThumbprint().isPresent()
                && !grant.instanceKeyThumbprint().equals(client.instanceKeyThumbprint())) {
            throw TokenErrors.invalidGrant("the refresh token was given to another instance of the client");
        }
        if (grant.dpopKeyThumbprint().isPresent() && !grant.dpopKeyThumbprint().equals(dpopKey)) {
            throw TokenErrors.invalidGrant("the refresh token is bound to a DPoP key, and no proof by this key came");
        }
    }

    private String successor(String hash, GrantedAuthorization granted) {
        var token = Unguessable.text(random, Unguessable.SECRET);
        return switch (tokens.rotate(hash, hash(token), clock.instant())) {
            case ROTATED -> token;
            case REUSED -> {
                revocation.revoke(granted.authorizationId());
                throw unknown().because("the refresh token was replaced before; its authorization is revoked");
            }
            case UNKNOWN -> throw unknown();
        };
    }

    private static Refusal unknown() {
        return TokenErrors.invalidGrant("the refresh token is unknown, expired or no longer good");
    }

    private static String hash(String token) {
        return SignedJwt.sha256(("refresh_token " + token).getBytes(StandardCharsets.UTF_8));
    }
}
