package dev.intaglio.credential.jose;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.RejectedException;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.DidKeys;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Finds out whether a trusted issuer signed a JWS, and whether its time is now.
///
/// The issuer's key is that of the leaf in `x5c`, if the chain leads to a trust anchor; a credential without `x5c` is
/// believed only if one of [TrustAnchors#keys] made it. Where `kid` is a DID URL, the issuer has to be that DID.
public final class IssuerCheck {
    /// For a payload as large as a portrait in the clear makes it.
    public static final JsonLimits LARGE = new JsonLimits(2 * 1024 * 1024, 32);

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);
    private static final long END_OF_TIME = Instant.MAX.getEpochSecond();

    private IssuerCheck() {}

    /// Reads a JWS that may be large.
    ///
    /// @throws JsonException if it is none, or one that could be spelled otherwise: the last letter of a signature has bits
    ///     to spare, which decoders ignore. One credential would have sixteen spellings, and whoever knows credentials by
    ///     their hash would be fooled.
    public static SignedJwt parse(String compact) {
        requireCanonicalSignature(compact);
        return SignedJwt.parse(compact, compact.length() <= JsonLimits.REQUEST.maxBytes() ? JsonLimits.REQUEST : LARGE);
    }

    private static void requireCanonicalSignature(String compact) {
        var signature = compact.substring(compact.lastIndexOf('.') + 1);
        try {
            if (!Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Base64.getUrlDecoder().decode(signature))
                    .equals(signature)) {
                throw new JsonException("the signature is not canonical base64url");
            }
        } catch (JsonException named) {
            throw named;
        } catch (IllegalArgumentException malformed) {
            throw new JsonException("the signature is not base64url", malformed);
        }
    }

    /// @return the issuer's certificates, leaf first; none if its key was known beforehand
    /// @throws RejectedException if the signature is not one, or is nobody's we trust
    public static List<X509Certificate> require(SignedJwt jwt, TrustAnchors anchors, Instant now) {
        var chain = jwt.headerChain().map(X5c::parse).orElse(List.of());
        if (chain.isEmpty()) {
            requireKnownKey(jwt, anchors);
        } else {
            if (anchors.check(chain, now) instanceof TrustAnchors.Untrusted(var reason)) {
                throw new RejectedException(Reason.UNTRUSTED_ISSUER, reason);
            }
            if (!jwt.verifies(X5c.publicJwk(chain.getFirst()))) {
                throw new RejectedException(
                        Reason.SIGNATURE, "the signature is not by the key of the certificate in x5c");
            }
        }
        return chain;
    }

    private static void requireKnownKey(SignedJwt jwt, TrustAnchors anchors) {
        var kid = jwt.header().optionalString("kid");
        kid.filter(name -> name.startsWith("did:")).ifPresent(did -> requireIssuer(jwt.claims(), did));
        var candidates = kid.map(name -> knownKeys(name, anchors)).orElseGet(anchors::keys);
        if (candidates.isEmpty()) {
            throw new RejectedException(Reason.UNTRUSTED_ISSUER, "there is no x5c, and no key is known by its kid");
        }
        if (candidates.stream().noneMatch(jwt::verifies)) {
            throw new RejectedException(Reason.SIGNATURE, "the signature is not by a key known for its kid");
        }
    }

    /// The keys we know by a name: by their own `kid`, as the key within a DID, or as the key that a DID spells out.
    ///
    /// @param kid of the key, or a DID URL
    public static List<JWK> knownKeys(String kid, TrustAnchors anchors) {
        if (kid.startsWith("did:jwk:") || kid.startsWith("did:key:")) {
            var print = DpopProof.thumbprint(DidKeys.resolve(kid));
            return anchors.keys().stream()
                    .filter(key -> DpopProof.thumbprint(key).equals(print))
                    .toList();
        }
        var fragment = kid.startsWith("did:") ? kid.substring(kid.indexOf('#') + 1) : kid;
        return anchors.keys().stream()
                .filter(key -> kid.equals(key.getKeyID()) || fragment.equals(key.getKeyID()))
                .toList();
    }

    /// VC-JOSE-COSE §3.3: who signs by a DID is that DID.
    private static void requireIssuer(JsonObject claims, String didUrl) {
        var name = claims.optionalString("iss")
                .or(() -> claims.members().get("issuer") instanceof String issuer
                        ? Optional.of(issuer)
                        : claims.optionalObject("issuer").flatMap(issuer -> issuer.optionalString("id")));
        if (name.filter(issuer -> didUrl.equals(issuer) || didUrl.startsWith(issuer + "#"))
                .isEmpty()) {
            throw new RejectedException(Reason.UNTRUSTED_ISSUER, "kid is a key of another DID than the issuer's");
        }
    }

    /// @return when it ends, if it says so
    public static Optional<Instant> requireValidNow(Optional<Instant> from, Optional<Instant> until, Instant now) {
        if (from.filter(time -> time.isAfter(now.plus(CLOCK_SKEW))).isPresent()) {
            throw new RejectedException(Reason.NOT_YET_VALID, "valid from " + from.get());
        }
        if (until.filter(time -> !time.isAfter(now.minus(CLOCK_SKEW))).isPresent()) {
            throw new RejectedException(Reason.EXPIRED, "valid until " + until.get());
        }
        return until;
    }

    /// A claim that is seconds since 1970 (RFC 7519 §2), clipped to what a clock can say.
    public static Optional<Instant> time(JsonObject claims, String name) {
        return claims.optionalSeconds(name)
                .map(seconds -> Instant.ofEpochSecond(Math.clamp(seconds, -END_OF_TIME, END_OF_TIME)));
    }

    /// The key in `cnf.jwk` (RFC 7800).
    public static Optional<JWK> confirmedKey(JsonObject claims) {
        try {
            return claims.optionalObject("cnf")
                    .flatMap(cnf -> cnf.optionalObject("jwk"))
                    .map(SignedJwt::publicKey);
        } catch (IllegalArgumentException unreadable) {
            throw new RejectedException(Reason.HOLDER_KEY, String.valueOf(unreadable.getMessage()));
        }
    }
}
