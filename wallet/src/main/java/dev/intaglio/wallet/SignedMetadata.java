package dev.intaglio.wallet;

import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// A transport that has Credential Issuer Metadata come signed, and hands on what it says only if the signer is trusted
/// (§12.2.3). Other requests pass as they are.
final class SignedMetadata implements Handler {
    private static final String ADDRESS = "/.well-known/" + CredentialIssuerMetadata.WELL_KNOWN;
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final Handler transport;
    private final TrustAnchors signers;
    private final Clock clock;

    SignedMetadata(Handler transport, TrustAnchors signers, Clock clock) {
        this.transport = transport;
        this.signers = signers;
        this.clock = clock;
    }

    @Override
    public Response handle(Request request) {
        var path = String.valueOf(request.uri().getRawPath());
        if (!path.equals(ADDRESS) && !path.startsWith(ADDRESS + "/")) {
            return transport.handle(request);
        }
        var response = transport.handle(request.with("Accept", "application/jwt"));
        if (response.status() != 200) {
            return response;
        }
        if (!response.mediaType().equals("application/jwt")) {
            throw new WalletException("the issuer's metadata is not signed, as this wallet wants it");
        }
        try {
            return Response.json(200, verified(response));
        } catch (IllegalArgumentException malformed) {
            throw new WalletException(
                    "the issuer's signed metadata is not what the standard says: " + malformed.getMessage(), malformed);
        }
    }

    private JsonObject verified(Response response) {
        var jwt = SignedJwt.parse(new String(response.body(), StandardCharsets.US_ASCII), JsonLimits.DOCUMENT);
        if (jwt.type().filter(CredentialIssuerMetadata.SIGNED_TYPE::equals).isEmpty()) {
            throw new JsonException("its typ is not " + CredentialIssuerMetadata.SIGNED_TYPE);
        }
        var chain = X5c.parse(jwt.headerChain().orElseThrow(() -> new JsonException("it has no x5c")));
        if (signers.check(chain, clock.instant()) instanceof TrustAnchors.Untrusted(var reason)) {
            throw new WalletException(
                    "the issuer's metadata is signed by somebody this wallet does not trust: " + reason);
        }
        if (!jwt.verifies(X5c.publicJwk(chain.getFirst()))) {
            throw new WalletException("the signature on the issuer's metadata does not verify");
        }
        var claims = jwt.claims();
        if (!claims.string("sub").equals(claims.string("credential_issuer"))) {
            throw new JsonException("its sub is not the Credential Issuer Identifier");
        }
        requireInTime(claims);
        return claims;
    }

    private void requireInTime(JsonObject claims) {
        var now = clock.instant();
        var madeAt = claims.optionalSeconds("iat").orElseThrow(() -> new JsonException("it has no iat"));
        if (Instant.ofEpochSecond(madeAt).isAfter(now.plus(SKEW))) {
            throw new JsonException("its iat is in the future");
        }
        if (claims.optionalSeconds("exp")
                .filter(end -> !now.isBefore(Instant.ofEpochSecond(end)))
                .isPresent()) {
            throw new JsonException("it has expired");
        }
    }
}
