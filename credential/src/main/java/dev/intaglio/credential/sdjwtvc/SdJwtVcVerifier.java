package dev.intaglio.credential.sdjwtvc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.CredentialVerifier;
import dev.intaglio.credential.RejectedException;
import dev.intaglio.credential.StatusReference;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.credential.Verification.Rejected;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.credential.jose.Envelope;
import dev.intaglio.credential.jose.IssuerCheck;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Checks an SD-JWT VC as its holder does on receiving it: RFC 9901 §7.1 and §7.2, SD-JWT VC §3.4 and §3.5.
///
/// The issuer's key is that of the leaf in `x5c`, if the chain leads to a trust anchor; a credential without `x5c` is
/// believed only if one of the keys given beforehand made it. Keys are not fetched by `iss`, and whether `iss` is a
/// name of the certificate is not asked: the certificate's subject is the issuer (§3.5).
public final class SdJwtVcVerifier implements CredentialVerifier {
    /// `typ` now and before draft 06, and the names of the format likewise.
    static final Set<String> TYPES = Set.of("dc+sd-jwt", "vc+sd-jwt");

    /// What an issuer must not leave to the holder (SD-JWT VC §3.2.2.2).
    private static final List<String> NEVER_DISCLOSED =
            List.of("iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status");

    private final List<JWK> issuerKeys;

    /// Believes issuers by their certificates only.
    public SdJwtVcVerifier() {
        this(new JWKSet());
    }

    /// Believes issuers by their certificates, and the holders of these keys.
    public SdJwtVcVerifier(JWKSet issuerKeys) {
        this.issuerKeys = issuerKeys.getKeys();
    }

    @Override
    public boolean reads(String format) {
        return format.equals(SdJwtVcFormat.IDENTIFIER);
    }

    /// By `vct` if there is one, since others are called `vc+sd-jwt` too.
    @Override
    public boolean recognises(Object credential) {
        return Envelope.of(credential)
                .filter(Envelope::withDisclosures)
                .filter(jwt -> jwt.type().equals(SdJwtVcFormat.IDENTIFIER)
                        || jwt.claims().has("vct"))
                .isPresent();
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
        } catch (RejectedException rejected) {
            return rejected.outcome();
        } catch (DisclosureException unmatched) {
            return new Rejected(Reason.DISCLOSURE, String.valueOf(unmatched.getMessage()));
        } catch (IllegalArgumentException malformed) {
            return new Rejected(Reason.MALFORMED, String.valueOf(malformed.getMessage()));
        }
    }

    private Verification verify(SdJwt credential, TrustAnchors anchors, Instant now) {
        if (credential.keyBindingJwt().isPresent()) { // RFC 9901 §7.2
            throw new RejectedException(Reason.MALFORMED, "an issuer has no business with a Key Binding JWT");
        }
        var jwt = credential.jwt();
        var format = jwt.type() // SD-JWT VC §3.2.1
                .filter(TYPES::contains)
                .orElseThrow(() -> new RejectedException(Reason.TYPE, "typ is neither dc+sd-jwt nor vc+sd-jwt"));
        var chain = IssuerCheck.require(jwt, anchors.with(issuerKeys), now); // §3.5
        var payload = credential.process(); // RFC 9901 §7.1, 3 to 5
        for (var name : NEVER_DISCLOSED) {
            if (payload.disclosed(name)) {
                throw new RejectedException(Reason.DISCLOSURE, name + " is left to the holder, which it must not be");
            }
        }
        return verified(format, payload.claims(), chain, now);
    }

    private static Verified verified(String format, JsonObject claims, List<X509Certificate> chain, Instant now) {
        var vct = claims.optionalString("vct")
                .filter(type -> !type.isBlank())
                .orElseThrow(() -> new RejectedException(Reason.TYPE, "vct is missing"));
        var expires =
                IssuerCheck.requireValidNow(IssuerCheck.time(claims, "nbf"), IssuerCheck.time(claims, "exp"), now);
        var status = StatusReference.in(claims).map(CredentialStatus::of);
        return new Verified(format, vct, claims, IssuerCheck.confirmedKey(claims), chain, expires, status);
    }
}
