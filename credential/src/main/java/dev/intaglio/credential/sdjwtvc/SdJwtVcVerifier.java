package dev.intaglio.credential.sdjwtvc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.intaglio.credential.CredentialVerifier;
import dev.intaglio.credential.StatusReference;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.credential.Verification.Rejected;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Checks an SD-JWT VC as its holder does on receiving it: RFC 9901 §7.1 and §7.2, SD-JWT VC §3.4 and §3.5.
///
/// The issuer's key is that of the leaf in `x5c`, if the chain leads to a trust anchor; a credential without `x5c` is
/// believed only if one of the keys given beforehand made it. Keys are not fetched by `iss`, and whether `iss` is a
/// name of the certificate is not asked: the certificate's subject is the issuer (§3.5).
public final class SdJwtVcVerifier implements CredentialVerifier {
    /// `typ` now and before draft 06; the names of the format likewise.
    static final Set<String> TYPES = Set.of("dc+sd-jwt", "vc+sd-jwt");

    /// What an issuer must not leave to the holder (SD-JWT VC §3.2.2.2).
    private static final List<String> NEVER_DISCLOSED =
            List.of("iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status");

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);
    private static final long END_OF_TIME = Instant.MAX.getEpochSecond();

    private final List<JWK> issuerKeys;

    /// Believes issuers by their certificates only.
    public SdJwtVcVerifier() {
        this(new JWKSet());
    }

    /// Believes issuers by their certificates, and the holders of these keys.
    public SdJwtVcVerifier(JWKSet issuerKeys) {
        this.issuerKeys = issuerKeys.toPublicJWKSet().getKeys();
    }

    @Override
    public boolean reads(String format) {
        return TYPES.contains(format);
    }

    @Override
    public String type(CredentialConfiguration configuration) {
        return configuration.formatParameters().string("vct");
    }

    @Override
    public Verification verify(Object credential, TrustAnchors anchors, Instant now) {
        if (!(credential instanceof String compact)) {
            return new Rejected(Reason.MALFORMED, "an SD-JWT VC is a string");
        }
        try {
            return verify(SdJwt.parse(compact), anchors, now);
        } catch (Refused refused) {
            return new Rejected(refused.reason, refused.detail);
        } catch (DisclosureException unmatched) {
            return new Rejected(Reason.DISCLOSURE, String.valueOf(unmatched.getMessage()));
        } catch (IllegalArgumentException malformed) {
            return new Rejected(Reason.MALFORMED, String.valueOf(malformed.getMessage()));
        }
    }

    private Verification verify(SdJwt credential, TrustAnchors anchors, Instant now) {
        if (credential.keyBindingJwt().isPresent()) { // RFC 9901 §7.2
            throw new Refused(Reason.MALFORMED, "an issuer has no business with a Key Binding JWT");
        }
        var jwt = credential.jwt();
        var format = jwt.type() // SD-JWT VC §3.2.1
                .filter(TYPES::contains)
                .orElseThrow(() -> new Refused(Reason.TYPE, "typ is neither dc+sd-jwt nor vc+sd-jwt"));
        var chain = jwt.headerChain().map(X5c::parse).orElse(List.of());
        requireIssuer(jwt, chain, anchors, now); // §3.5
        var payload = credential.process(); // RFC 9901 §7.1, 3 to 5
        for (var name : NEVER_DISCLOSED) {
            if (payload.disclosed(name)) {
                throw new Refused(Reason.DISCLOSURE, name + " is left to the holder, which it must not be");
            }
        }
        return verified(format, payload.claims(), chain, now);
    }

    private void requireIssuer(SignedJwt jwt, List<X509Certificate> chain, TrustAnchors anchors, Instant now) {
        if (!chain.isEmpty()) {
            if (anchors.check(chain, now) instanceof TrustAnchors.Untrusted(var reason)) {
                throw new Refused(Reason.UNTRUSTED_ISSUER, reason);
            }
            if (!jwt.verifies(X5c.publicJwk(chain.getFirst()))) {
                throw new Refused(Reason.SIGNATURE, "the signature is not by the key of the certificate in x5c");
            }
            return;
        }
        var kid = jwt.header().optionalString("kid");
        var candidates = issuerKeys.stream()
                .filter(key -> kid.isEmpty() || kid.get().equals(key.getKeyID()))
                .toList();
        if (candidates.isEmpty()) {
            throw new Refused(Reason.UNTRUSTED_ISSUER, "there is no x5c, and no key is known by its kid");
        }
        if (candidates.stream().noneMatch(jwt::verifies)) {
            throw new Refused(Reason.SIGNATURE, "the signature is not by a key known for its kid");
        }
    }

    private static Verified verified(String format, JsonObject claims, List<X509Certificate> chain, Instant now) {
        var vct = claims.optionalString("vct")
                .filter(type -> !type.isBlank())
                .orElseThrow(() -> new Refused(Reason.TYPE, "vct is missing"));
        var notBefore = claims.optionalSeconds("nbf").map(SdJwtVcVerifier::instant);
        if (notBefore.filter(time -> time.isAfter(now.plus(CLOCK_SKEW))).isPresent()) {
            throw new Refused(Reason.NOT_YET_VALID, "valid from " + notBefore.get());
        }
        var expires = claims.optionalSeconds("exp").map(SdJwtVcVerifier::instant);
        if (expires.filter(time -> !time.isAfter(now.minus(CLOCK_SKEW))).isPresent()) {
            throw new Refused(Reason.EXPIRED, "valid until " + expires.get());
        }
        var status = claims.optionalObject("status")
                .flatMap(member -> member.optional("status_list", SdJwtVcVerifier::status));
        return new Verified(format, vct, claims, holderKey(claims), chain, expires, status);
    }

    private static Instant instant(long seconds) {
        return Instant.ofEpochSecond(Math.clamp(seconds, -END_OF_TIME, END_OF_TIME));
    }

    private static StatusReference status(JsonObject list) {
        return new StatusReference(URI.create(list.string("uri")), list.integer("idx"));
    }

    private static Optional<JWK> holderKey(JsonObject claims) {
        try {
            return claims.optionalObject("cnf")
                    .flatMap(cnf -> cnf.optionalObject("jwk"))
                    .map(SignedJwt::publicKey);
        } catch (IllegalArgumentException unreadable) {
            throw new Refused(Reason.HOLDER_KEY, String.valueOf(unreadable.getMessage()));
        }
    }

    /// On the way to [Rejected].
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Reason reason;
        private final String detail;

        Refused(Reason reason, String detail) {
            super(detail, null, false, false);
            this.reason = reason;
            this.detail = detail;
        }
    }
}
