package dev.intaglio.protocol.oauth;

import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A successful token response (RFC 6749 section 5.1, §6.2).
///
/// @param tokenType `Bearer` or `DPoP`; compared without case
/// @param authorizationDetails what was granted, with `credential_identifiers`; empty if the member is absent
public record TokenResponse(
        String accessToken,
        String tokenType,
        Optional<Duration> expiresIn,
        Optional<String> refreshToken,
        Optional<String> scope,
        List<AuthorizationDetail> authorizationDetails) {
    public static final String BEARER = "Bearer";
    public static final String DPOP = "DPoP";

    public TokenResponse {
        authorizationDetails = List.copyOf(authorizationDetails);
    }

    public boolean dpopBound() {
        return tokenType.equalsIgnoreCase(DPOP);
    }

    /// Authorization details of other types are ignored: they are not about credentials.
    public static TokenResponse read(JsonObject json) {
        return new TokenResponse(
                json.string("access_token"),
                json.string("token_type"),
                json.optionalSeconds("expires_in").map(Duration::ofSeconds),
                json.optionalString("refresh_token"),
                json.optionalString("scope"),
                json.optionalObjects("authorization_details").orElse(List.of()).stream()
                        .filter(detail -> detail.optionalString("type")
                                .filter(AuthorizationDetail.TYPE::equals)
                                .isPresent())
                        .map(detail -> detail.read(AuthorizationDetail::read))
                        .toList());
    }

    public Response write() {
        var body = JsonObject.builder()
                .put("access_token", accessToken)
                .put("token_type", tokenType)
                .putIf("expires_in", expiresIn.map(Duration::toSeconds))
                .putIf("refresh_token", refreshToken)
                .putIf("scope", scope)
                .putEach("authorization_details", authorizationDetails.stream(), AuthorizationDetail::write)
                .build();
        return Response.json(200, body).noStore().with("Pragma", "no-cache");
    }

    /// Without the tokens.
    @Override
    public String toString() {
        return "TokenResponse[" + tokenType + ", authorizationDetails=" + authorizationDetails.size() + "]";
    }
}
