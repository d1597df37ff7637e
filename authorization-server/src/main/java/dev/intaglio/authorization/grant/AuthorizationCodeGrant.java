package dev.intaglio.authorization.grant;

import dev.intaglio.authorization.client.Client;
import dev.intaglio.authorization.store.AuthorizationCodes;
import dev.intaglio.authorization.store.AuthorizedCode;
import dev.intaglio.authorization.store.GrantedAuthorization;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.nonce.Unguessable;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.oauth.AuthorizationRequest;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.oauth.Pkce;
import dev.intaglio.protocol.oauth.Refusal;
import dev.intaglio.protocol.oauth.TokenErrors;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The authorization code grant (RFC 6749 section 4.1, §3.4): makes codes and redeems them.
public final class AuthorizationCodeGrant {
    /// How long a code is good (FAPI 2.0, section 5.3.2.1: at most 60 seconds).
    public static final Duration LIFETIME = Duration.ofSeconds(60);

    /// How long a second use of a code is noticed. Not as long as refresh tokens live: the code names a person.
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final AuthorizationCodes codes;
    private final RequestableCredentials credentials;
    private final Optional<RefreshTokenGrant> refreshTokens;
    private final Revocation revocation;
    private final Clock clock;
    private final SecureRandom random;

    public AuthorizationCodeGrant(
            AuthorizationCodes codes,
            RequestableCredentials credentials,
            Optional<RefreshTokenGrant> refreshTokens,
            Revocation revocation,
            Clock clock,
            SecureRandom random) {
        this.codes = codes;
        this.credentials = credentials;
        this.refreshTokens = refreshTokens;
        this.revocation = revocation;
        this.clock = clock;
        this.random = random;
    }

    /// A code for what a user agreed to.
    ///
    /// @param authorizationId random; names everything that will come of it
    /// @param clientAuthenticated whether the client authenticated when it pushed its request
    public String make(
            String authorizationId,
            String subject,
            AuthorizationRequest request,
            boolean clientAuthenticated,
            RequestableCredentials.Asked asked) {
        var code = Unguessable.text(random, Unguessable.SECRET);
        var granted = credentials.granted(authorizationId, subject, request.clientId(), asked);
        var expiresAt = clock.instant().plus(LIFETIME);
        codes.save(
                CodeHashes.code(code),
                new AuthorizedCode(
                        granted,
                        clientAuthenticated,
                        request.redirectUri(),
                        request.codeChallenge(),
                        request.dpopKeyThumbprint()),
                expiresAt,
                expiresAt.plus(REMEMBERED));
        return code;
    }

    /// Redeems a code, once. A second time ends all that the first gave (RFC 6749, section 4.1.2); but only for who could have
    /// redeemed it, so that a code somebody saw is no means to take the tokens from their owner.
    ///
    /// @param dpopKey the key the client proved
    /// @param requested `authorization_details` of the token request; they may ask for less than was granted (§6.1.1)
    /// @throws Refusal `invalid_client`, `invalid_grant`, `invalid_request` or `invalid_authorization_details`
    public Redeemed redeem(
            Grant.AuthorizationCode grant,
            Client client,
            Optional<String> dpopKey,
            List<AuthorizationDetail> requested) {
        var hash = CodeHashes.code(grant.code());
        var now = clock.instant();
        var code = codes.find(hash, now).orElseThrow(AuthorizationCodeGrant::unknown);
        requireClient(code, client); // RFC 6749 §4.1.3
        requireRedirectUri(code, grant.redirectUri());
        requireVerifier(code.codeChallenge(), grant.codeVerifier()); // RFC 7636 §4.6
        requireKey(code, dpopKey); // RFC 9449 §10
        var granted = code.authorization();
        var authorization = credentials.narrowed(granted, requested); // §6.1.1
        return switch (codes.redeem(hash, now)) {
            case REDEEMED ->
                new Redeemed(authorization, refreshTokens.map(grants -> grants.issue(granted, client, dpopKey)));
            case REUSED -> throw reused(granted);
            case UNKNOWN -> throw unknown();
        };
    }

    private static void requireClient(AuthorizedCode code, Client client) {
        if (client.id().isEmpty()) {
            throw TokenErrors.invalidClient("client_id is missing");
        }
        if (!client.id().get().equals(code.authorization().clientId())) {
            throw TokenErrors.invalidGrant("the code was given to another client")
                    .section("RFC 6749, 4.1.3")
                    .expected("the client_id of the authorization request")
                    .came(Shown.value(client.id().get()));
        }
        if (code.clientAuthenticated() && !client.authenticated()) {
            throw TokenErrors.invalidClient("the client authenticated for the code and must for the token");
        }
    }

    private static void requireRedirectUri(AuthorizedCode code, Optional<String> redirectUri) {
        if (!redirectUri.filter(code.redirectUri()::equals).isPresent()) {
            throw TokenErrors.invalidGrant("redirect_uri is not the one of the authorization request")
                    .section("RFC 6749, 4.1.3")
                    .expected(Shown.value(code.redirectUri()))
                    .came(redirectUri.map(Shown::value).orElse("none"));
        }
    }

    private static void requireVerifier(Optional<String> challenge, Optional<String> verifier) {
        if (challenge.isEmpty() && verifier.isPresent()) {
            // Somebody may have taken the challenge out of the request (RFC 9700, section 4.8.2).
            throw TokenErrors.invalidGrant("code_verifier came, but the authorization request had no code_challenge")
                    .section("RFC 9700, 4.8.2");
        }
        if (challenge.isPresent()
                && !verifier.filter(value -> Pkce.proves(value, challenge.get()))
                        .isPresent()) {
            throw TokenErrors.invalidGrant("code_verifier is not what code_challenge was made from")
                    .section("RFC 7636, 4.6")
                    .expected(
                            "the code_verifier whose SHA-256 in base64url is the code_challenge, 43 to 128 characters")
                    .came(verifier.map(value -> "another " + Shown.length(value))
                            .orElse("no code_verifier"));
        }
    }

    private static void requireKey(AuthorizedCode code, Optional<String> dpopKey) {
        if (code.dpopKeyThumbprint().isPresent() && !code.dpopKeyThumbprint().equals(dpopKey)) {
            throw TokenErrors.invalidGrant("the code is bound to a DPoP key, and no proof by this key came")
                    .section("RFC 9449, 10")
                    .expected("a DPoP proof by the key of the pushed request or of dpop_jkt")
                    .came(dpopKey.isPresent() ? "a proof by another key" : "no DPoP header");
        }
    }

    private Refusal reused(GrantedAuthorization granted) {
        revocation.revoke(granted.authorizationId());
        return unknown().because("the code was redeemed before; its tokens are revoked");
    }

    private static Refusal unknown() {
        return TokenErrors.invalidGrant("the code is unknown, expired or already redeemed")
                .section("RFC 6749, 4.1.2 and 5.2")
                .expected("the code of an authorization response, once and within " + LIFETIME.toSeconds() + " s");
    }
}
