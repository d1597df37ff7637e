package dev.intaglio.authorization.token;

import dev.intaglio.authorization.client.Client;
import dev.intaglio.authorization.grant.Authorization;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.protocol.clientattestation.AttestedWallet;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.nonce.Unguessable;
import dev.intaglio.protocol.oauth.AccessToken;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Access tokens as signed JWTs (RFC 9068), which a Credential Issuer elsewhere can verify by our published keys as well.
public final class AccessTokens {
    private static final String TYPE = "at+jwt";

    private final URI issuer;
    private final URI audience;
    private final KeyRing keys;
    private final Duration lifetime;
    private final Clock clock;
    private final SecureRandom random;

    public AccessTokens(URI issuer, URI audience, KeyRing keys, Duration lifetime, Clock clock, SecureRandom random) {
        this.issuer = issuer;
        this.audience = audience;
        this.keys = keys;
        this.lifetime = lifetime;
        this.clock = clock;
        this.random = random;
    }

    public Duration lifetime() {
        return lifetime;
    }

    /// @param dpopKeyThumbprint the key to bind the token to
    public String issue(Authorization authorization, Client client, Optional<String> dpopKeyThumbprint) {
        var now = clock.instant();
        var key = keys.current(KeyUse.ACCESS_TOKEN);
        var claims = JsonObject.builder()
                .put("iss", issuer.toString())
                .put("aud", audience.toString())
                .put("sub", authorization.subject())
                .putIf("client_id", client.id())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(lifetime).getEpochSecond())
                .put("jti", Unguessable.text(random, Unguessable.IDENTIFIER))
                .putIf(
                        "scope",
                        Optional.of(String.join(" ", authorization.scopes())).filter(scope -> !scope.isEmpty()))
                .putEach(
                        "authorization_details",
                        authorization.authorizationDetails().stream(),
                        AuthorizationDetail::write)
                .putUnlessEmpty("credential_configuration_ids", authorization.configurationIds())
                .put("authorization_id", authorization.authorizationId())
                .putIf(AttestedWallet.CLAIM, client.attestedWallet().map(AttestedWallet::write))
                .putIf(
                        "cnf",
                        dpopKeyThumbprint.map(thumbprint ->
                                JsonObject.builder().put("jkt", thumbprint).build()))
                .build();
        return SignedJwt.sign(
                JsonObject.builder()
                        .put("typ", TYPE)
                        .put("kid", key.publicJwk().getKeyID())
                        .build(),
                claims,
                key);
    }

    /// Verifies a token of ours.
    ///
    /// @return empty if it is not ours, or no longer good
    public Optional<AccessToken> verify(String token) {
        try {
            var jwt = SignedJwt.parse(token);
            var kid = jwt.header().optionalString("kid");
            var signed = keys.published(KeyUse.ACCESS_TOKEN).stream()
                    .filter(key ->
                            kid.filter(key.publicJwk().getKeyID()::equals).isPresent())
                    .anyMatch(key -> jwt.verifies(key.publicJwk()));
            var claims = jwt.claims();
            var expiresAt =
                    claims.optionalSeconds("exp").map(Instant::ofEpochSecond).orElse(Instant.MIN);
            if (!signed
                    || !jwt.type().filter(TYPE::equals).isPresent()
                    || !claims.string("iss").equals(issuer.toString())
                    || !claims.string("aud").equals(audience.toString())
                    || !clock.instant().isBefore(expiresAt)) {
                return Optional.empty();
            }
            return Optional.of(new AccessToken(
                    claims.string("sub"),
                    claims.optionalString("client_id"),
                    claims.optionalString("scope")
                            .map(scope -> Set.of(scope.split(" ")))
                            .orElse(Set.of()),
                    claims.optionalObjects("authorization_details").orElse(List.of()).stream()
                            .map(AuthorizationDetail::read)
                            .toList(),
                    Set.copyOf(claims.optionalStrings("credential_configuration_ids")
                            .orElse(List.of())),
                    claims.optionalObject("cnf").map(cnf -> cnf.string("jkt")),
                    claims.string("authorization_id"),
                    expiresAt,
                    JsonObject.empty(),
                    claims.optionalObject(AttestedWallet.CLAIM).map(AttestedWallet::read)));
        } catch (JsonException notOurs) {
            return Optional.empty();
        }
    }
}
