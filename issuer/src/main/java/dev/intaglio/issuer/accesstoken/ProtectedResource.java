package dev.intaglio.issuer.accesstoken;

import dev.intaglio.issuer.spi.AccessTokenVerifier;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.dpop.DpopVerifier;
import dev.intaglio.protocol.explanation.Explanation;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.oauth.AccessToken;
import dev.intaglio.protocol.oauth.Refusal;
import dev.intaglio.protocol.trail.Trail;
import java.util.Locale;
import java.util.Optional;

/// Finds the access token a request was made with: in the `Authorization` header alone (FAPI 2.0, section 5.3.4), and with a
/// DPoP proof of the key it is bound to, if it is bound (RFC 9449, section 7).
public final class ProtectedResource {
    private static final String BEARER = "Bearer";
    private static final String DPOP = "DPoP";

    private final AccessTokenVerifier accessTokens;
    private final DpopVerifier dpop;

    public ProtectedResource(AccessTokenVerifier accessTokens, DpopVerifier dpop) {
        this.accessTokens = accessTokens;
        this.dpop = dpop;
    }

    /// @throws Refusal as RFC 6750 section 3 and RFC 9449 section 7.1 say
    public AccessToken require(Request request) {
        var query = Optional.ofNullable(request.uri().getRawQuery()).orElse("");
        if (("&" + query).contains("&access_token=")) {
            throw CredentialErrors.malformedTokenUse(
                    "an access token is sent in the Authorization header, never in the query");
        }
        var headers = request.headers().all("Authorization");
        if (headers.isEmpty()) {
            throw CredentialErrors.tokenMissing(DpopProof.ALGORITHMS);
        }
        if (headers.size() > 1) {
            throw CredentialErrors.malformedTokenUse("more than one Authorization header");
        }
        var credentials = headers.getFirst().strip();
        var space = credentials.indexOf(' ');
        var scheme = (space < 0 ? credentials : credentials.substring(0, space)).toLowerCase(Locale.ROOT);
        var token = space < 0 ? "" : credentials.substring(space + 1).strip();
        var accessToken = switch (scheme) {
            case "bearer" -> bearer(token);
            case "dpop" -> bound(request, token);
            default -> throw CredentialErrors.tokenMissing(DpopProof.ALGORITHMS);
        };
        Trail.about(accessToken.authorizationId());
        return accessToken;
    }

    private AccessToken bearer(String token) {
        var accessToken = verified(BEARER, token);
        if (accessToken.dpopKeyThumbprint().isPresent()) {
            throw CredentialErrors.invalidToken(
                            DPOP, "this access token is bound to a key: send it as DPoP with a proof")
                    .explained(Explanation.of("RFC 9449, 7.1")
                            .expected("Authorization: DPoP and a DPoP header")
                            .came("Authorization: Bearer"));
        }
        return accessToken;
    }

    private AccessToken bound(Request request, String token) {
        var accessToken = verified(DPOP, token);
        var thumbprint = accessToken
                .dpopKeyThumbprint()
                .orElseThrow(() -> CredentialErrors.invalidToken(
                                BEARER, "this access token is bound to no key: send it as Bearer")
                        .explained(Explanation.of("RFC 6750, 2.1")
                                .expected("Authorization: Bearer")
                                .came("Authorization: DPoP")));
        var proof = switch (dpop.verify(request, Optional.of(token))) {
            case DpopVerifier.Outcome.Proven proven -> proven.proof();
            case DpopVerifier.Outcome.Absent() ->
                throw CredentialErrors.invalidDpopProof("a DPoP header is needed with this access token")
                        .explained(Explanation.of("RFC 9449, 7.1")
                                .expected("a DPoP header with htm, htu and ath")
                                .came("none"));
            case DpopVerifier.Outcome.NonceWanted(var nonce) -> throw CredentialErrors.useDpopNonce(nonce);
            case DpopVerifier.Outcome.Bad bad -> throw CredentialErrors.invalidDpopProof(bad);
        };
        if (!proof.thumbprint().equals(thumbprint)) {
            throw CredentialErrors.invalidToken(
                            DPOP, "the DPoP proof is by another key than the access token is bound to")
                    .explained(Explanation.of("RFC 9449, 7.1")
                            .expected("a proof by the key of the token request")
                            .came("a proof by another key"));
        }
        return accessToken;
    }

    private AccessToken verified(String scheme, String token) {
        return accessTokens
                .verify(token)
                .orElseThrow(() -> CredentialErrors.invalidToken(
                                scheme, "the access token is unknown, expired, or meant for another issuer")
                        .explained(Explanation.of("RFC 6750, 3.1")
                                .expected("an access token of this issuer's authorization server, not yet expired")
                                .came("a token of " + Shown.length(token))));
    }
}
