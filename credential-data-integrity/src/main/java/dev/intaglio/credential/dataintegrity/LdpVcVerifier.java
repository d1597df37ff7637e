package dev.intaglio.credential.dataintegrity;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.CredentialVerifier;
import dev.intaglio.credential.RejectedException;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.credential.Verification.Rejected;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.credential.jose.IssuerCheck;
import dev.intaglio.credential.vcdm.VcdmConfiguration;
import dev.intaglio.credential.vcdm.VcdmCredential;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks credentials of the format `ldp_vc`. A Data Integrity proof names a key and no certificate, so an issuer is believed only if the
/// key is one of [TrustAnchors#keys]; the issuer has to be the DID the key is a verification method of.
public final class LdpVcVerifier implements CredentialVerifier {
    private final DataIntegrity dataIntegrity;

    public LdpVcVerifier(Contexts contexts) {
        dataIntegrity = new DataIntegrity(contexts);
    }

    @Override
    public boolean reads(String format) {
        return format.equals(LdpVcFormat.IDENTIFIER);
    }

    @Override
    public boolean recognises(Object credential) {
        return switch (credential) {
            case JsonObject object -> object.has("@context") && object.has("proof");
            case Map<?, ?> members -> members.containsKey("@context") && members.containsKey("proof");
            default -> false;
        };
    }

    @Override
    public String type(CredentialConfiguration configuration) {
        return VcdmConfiguration.type(configuration);
    }

    @Override
    public Verification verify(Object credential, TrustAnchors anchors, Instant now) {
        try {
            return verify(document(credential), anchors, now);
        } catch (RejectedException rejected) {
            return rejected.outcome();
        } catch (IllegalArgumentException | DateTimeException malformed) {
            return new Rejected(Reason.MALFORMED, String.valueOf(malformed.getMessage()));
        }
    }

    private static JsonObject document(Object credential) {
        return switch (credential) {
            case JsonObject object -> object;
            case Map<?, ?> members -> JsonObject.of(members);
            default -> throw new RejectedException(Reason.MALFORMED, "a credential of ldp_vc is a JSON object");
        };
    }

    private Verification verify(JsonObject secured, TrustAnchors anchors, Instant now) {
        var proof = secured.optionalObject("proof")
                .orElseThrow(() -> new RejectedException(Reason.MALFORMED, "the credential has no proof, or several"));
        if (!proof.string("proofPurpose").equals("assertionMethod")) {
            throw new RejectedException(Reason.SIGNATURE, "the proof is not made to assert a credential");
        }
        var document = secured.without("proof");
        var credential = VcdmCredential.read(document);
        var keys = issuerKeys(proof.string("verificationMethod"), credential.issuer(), anchors);
        if (keys.stream().noneMatch(key -> dataIntegrity.verifies(document, proof, key))) {
            throw new RejectedException(Reason.SIGNATURE, "the proof is not by the key it names over this credential");
        }
        IssuerCheck.requireValidNow(
                credential.from(), proof.optionalString("expires").map(LdpVcVerifier::time), now);
        var expires = IssuerCheck.requireValidNow(credential.from(), credential.until(), now);
        return new Verified(
                LdpVcFormat.IDENTIFIER,
                credential.type(),
                secured,
                credential.subjectKey(),
                List.of(),
                expires,
                CredentialStatus.found(Optional.empty(), credential.status()));
    }

    private static List<JWK> issuerKeys(String verificationMethod, String issuer, TrustAnchors anchors) {
        var fragment = verificationMethod.indexOf('#');
        if (fragment < 0 || !verificationMethod.substring(0, fragment).equals(issuer)) {
            throw new RejectedException(
                    Reason.UNTRUSTED_ISSUER, "the verification method is not one of the credential's issuer");
        }
        var keys = IssuerCheck.knownKeys(verificationMethod, anchors);
        if (keys.isEmpty()) {
            throw new RejectedException(Reason.UNTRUSTED_ISSUER, "the issuer's key is none of those believed");
        }
        return keys;
    }

    private static Instant time(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
