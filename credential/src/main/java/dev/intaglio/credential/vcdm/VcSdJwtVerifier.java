package dev.intaglio.credential.vcdm;

import dev.intaglio.credential.CredentialVerifier;
import dev.intaglio.credential.RejectedException;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.credential.Verification.Rejected;
import dev.intaglio.credential.jose.Envelope;
import dev.intaglio.credential.jose.IssuerCheck;
import dev.intaglio.credential.sdjwtvc.DisclosureException;
import dev.intaglio.credential.sdjwtvc.SdJwt;
import dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.metadata.ClaimsPath;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import java.time.Instant;
import java.util.List;

/// Checks what is called `vc+sd-jwt`: W3C Verifiable Credentials of data model 2.0 with selective disclosure, and IETF SD-JWT VC under
/// its older name, which has a `vct`.
public final class VcSdJwtVerifier implements CredentialVerifier {
    /// VC-JOSE-COSE §3.2.1, and what no issuer leaves to the holder (RFC 9901 §9.7).
    private static final List<String> NEVER_DISCLOSED = List.of(
            "@context",
            "type",
            "issuer",
            "validFrom",
            "validUntil",
            "credentialStatus",
            "credentialSchema",
            "relatedResource",
            "iss",
            "nbf",
            "exp",
            "cnf");

    private final SdJwtVcVerifier olderName = new SdJwtVcVerifier();

    @Override
    public boolean reads(String format) {
        return format.equals(VcSdJwtFormat.IDENTIFIER);
    }

    @Override
    public boolean recognises(Object credential) {
        return Envelope.of(credential)
                .filter(Envelope::withDisclosures)
                .filter(jwt -> jwt.type().equals(VcSdJwtFormat.IDENTIFIER))
                .isPresent();
    }

    @Override
    public String type(CredentialConfiguration configuration) {
        return configuration.formatParameters().has("vct")
                ? olderName.type(configuration)
                : VcdmConfiguration.type(configuration);
    }

    @Override
    public Verification verify(Object credential, TrustAnchors anchors, Instant now) {
        if (!(credential instanceof String compact)) {
            return new Rejected(Reason.MALFORMED, "an SD-JWT is a string");
        }
        try {
            var sdJwt = SdJwt.parse(compact);
            return sdJwt.jwt().claims().has("vct")
                    ? olderName.verify(credential, anchors, now)
                    : verify(sdJwt, anchors, now);
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
        if (!credential.jwt().type().filter(VcSdJwtFormat.IDENTIFIER::equals).isPresent()) {
            throw new RejectedException(Reason.TYPE, "typ is not vc+sd-jwt");
        }
        var chain = IssuerCheck.require(credential.jwt(), anchors, now);
        var payload = credential.process();
        for (var name : NEVER_DISCLOSED) {
            if (payload.disclosed().containsKey(ClaimsPath.of(name))) {
                throw new RejectedException(Reason.DISCLOSURE, name + " is left to the holder, which it must not be");
            }
        }
        return SecuredClaims.verified(VcSdJwtFormat.IDENTIFIER, payload.claims(), payload.claims(), chain, now);
    }
}
