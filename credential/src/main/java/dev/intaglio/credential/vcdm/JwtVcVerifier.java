package dev.intaglio.credential.vcdm;

import dev.intaglio.credential.CredentialVerifier;
import dev.intaglio.credential.RejectedException;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.credential.Verification.Rejected;
import dev.intaglio.credential.jose.Envelope;
import dev.intaglio.credential.jose.IssuerCheck;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import java.time.Instant;
import java.util.Set;

/// Checks W3C Verifiable Credentials that are JWTs: of data model 1.1 in the claim `vc`, of data model 2.0 as the claims set.
public final class JwtVcVerifier implements CredentialVerifier {
    private static final Set<String> FORMATS = Set.of("jwt_vc_json", "jwt_vc_json-ld", "vc+jwt");

    @Override
    public boolean reads(String format) {
        return FORMATS.contains(format);
    }

    @Override
    public boolean recognises(Object credential) {
        return Envelope.of(credential)
                .filter(jwt -> !jwt.withDisclosures())
                .filter(jwt -> jwt.type().equals("vc+jwt")
                        || jwt.claims().has("vc")
                        || jwt.claims().has("@context"))
                .isPresent();
    }

    @Override
    public String type(CredentialConfiguration configuration) {
        return VcdmConfiguration.type(configuration);
    }

    @Override
    public Verification verify(Object credential, TrustAnchors anchors, Instant now) {
        if (!(credential instanceof String compact)) {
            return new Rejected(Reason.MALFORMED, "a JWT is a string");
        }
        try {
            var jwt = IssuerCheck.parse(compact);
            // `typ` may be missing from either (VCDM 1.1 §6.3.1, VC-JOSE-COSE §3.1.1).
            var type = jwt.type().orElseGet(() -> jwt.claims().has("@context") ? "vc+jwt" : "JWT");
            var chain = IssuerCheck.require(jwt, anchors, now);
            return switch (type) {
                case "JWT" -> SecuredClaims.verified("jwt_vc_json", inClaim(jwt), jwt.claims(), chain, now);
                case "vc+jwt" -> SecuredClaims.verified("vc+jwt", asClaims(jwt), jwt.claims(), chain, now);
                default -> new Rejected(Reason.TYPE, "typ is neither JWT nor vc+jwt");
            };
        } catch (RejectedException rejected) {
            return rejected.outcome();
        } catch (IllegalArgumentException malformed) {
            return new Rejected(Reason.MALFORMED, String.valueOf(malformed.getMessage()));
        }
    }

    private static JsonObject inClaim(SignedJwt jwt) {
        return jwt.claims()
                .optionalObject("vc")
                .orElseThrow(() -> new RejectedException(Reason.TYPE, "the JWT has no claim vc"));
    }

    /// VC-JOSE-COSE §1.1.2.1: there is no `vc` in a `vc+jwt`.
    private static JsonObject asClaims(SignedJwt jwt) {
        if (jwt.claims().has("vc") || jwt.claims().has("vp")) {
            throw new RejectedException(Reason.TYPE, "a vc+jwt is a credential, it does not hold one in vc or vp");
        }
        return jwt.claims();
    }
}
