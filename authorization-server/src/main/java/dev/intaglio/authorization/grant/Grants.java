package dev.intaglio.authorization.grant;

import dev.intaglio.authorization.client.Client;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.oauth.TokenErrors;
import dev.intaglio.protocol.oauth.TokenRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The grants of this server.
public record Grants(
        PreAuthorizedCodeGrant preAuthorizedCodes,
        Optional<AuthorizationCodeGrant> codes,
        Optional<RefreshTokenGrant> refreshTokens) {
    /// For `grant_types_supported`.
    public List<String> types() {
        var types = new ArrayList<String>();
        codes.ifPresent(grant -> types.add(Grant.AUTHORIZATION_CODE));
        types.add(Grant.PRE_AUTHORIZED_CODE);
        refreshTokens.ifPresent(grant -> types.add(Grant.REFRESH_TOKEN));
        return List.copyOf(types);
    }

    /// @param dpopKey the key the client proved
    /// @throws dev.intaglio.protocol.oauth.Refusal `unsupported_grant_type`, or what the grant says
    public Redeemed redeem(TokenRequest request, Client client, Optional<String> dpopKey) {
        return switch (request.grant()) {
            case Grant.PreAuthorizedCode grant ->
                Redeemed.of(preAuthorizedCodes.redeem(grant, request.authorizationDetails()));
            case Grant.AuthorizationCode grant ->
                codes.orElseThrow(TokenErrors::unsupportedGrantType)
                        .redeem(grant, client, dpopKey, request.authorizationDetails());
            case Grant.RefreshToken grant ->
                refreshTokens
                        .orElseThrow(TokenErrors::unsupportedGrantType)
                        .redeem(grant, client, dpopKey, request.scope(), request.authorizationDetails());
        };
    }
}
