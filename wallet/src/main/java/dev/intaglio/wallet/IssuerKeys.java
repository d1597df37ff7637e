package dev.intaglio.wallet;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/// The keys an issuer publishes (SD-JWT VC section 5), for credentials that name a key and show no certificate. Of these the ones count
/// whose certificates lead to a trust anchor: that an address says so is not enough.
final class IssuerKeys {
    private final Handler transport;

    IssuerKeys(Handler transport) {
        this.transport = transport;
    }

    /// @return none if the issuer publishes none that can be believed
    List<JWK> believed(URI issuer, TrustAnchors anchors, Instant now) {
        try {
            var response = transport.handle(Request.get(WellKnown.address(issuer, "jwt-vc-issuer")));
            var document = Answers.success(response);
            if (!document.string("issuer").equals(issuer.toString())) {
                return List.of();
            }
            return document.object("jwks").objects("keys").stream()
                    .filter(key -> certified(key, anchors, now))
                    .map(SignedJwt::publicKey)
                    .toList();
        } catch (RefusedException | WalletException | UncheckedIOException | IllegalArgumentException unavailable) {
            return List.of();
        }
    }

    private static boolean certified(JsonObject key, TrustAnchors anchors, Instant now) {
        var chain = X5c.parse(key.optionalStrings("x5c").orElse(List.of()));
        try {
            return !chain.isEmpty()
                    && anchors.check(chain, now) instanceof TrustAnchors.Trusted
                    && X5c.publicJwk(chain.getFirst())
                            .computeThumbprint()
                            .equals(SignedJwt.publicKey(key).computeThumbprint());
        } catch (JOSEException unreadable) {
            throw new JsonException("a published key cannot be read", unreadable);
        }
    }
}
