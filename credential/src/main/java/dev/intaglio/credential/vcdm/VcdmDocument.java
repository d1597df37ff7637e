package dev.intaglio.credential.vcdm;

import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.StatusReference;
import dev.intaglio.credential.sdjwtvc.SelectiveClaims;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the document that a W3C Verifiable Credential is, before anybody secures it. What the dataset says is in its
/// `credentialSubject`; the rest is the issuer's to say.
public final class VcdmDocument {
    private VcdmDocument() {}

    /// @param issuer how the issuer is called in it: the Credential Issuer Identifier or a DID
    /// @param claims how the claims are put in; disclosures are to be asked of it afterwards
    /// @throws dev.intaglio.credential.DatasetException if the dataset does not fit the definition
    public static Map<String, @Nullable Object> of(
            Issuance issuance, VcdmType type, String issuer, SelectiveClaims claims) {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("@context", type.contexts());
        document.put("type", type.types());
        document.put("issuer", issuer);
        document.put(type.model().from(), issuance.validFrom().toString());
        document.put(type.model().until(), issuance.validUntil().toString());
        var subject = new LinkedHashMap<String, @Nullable Object>();
        issuance.holderKey().map(HolderDid::of).ifPresent(did -> subject.put("id", did));
        claims.addTo(
                subject,
                issuance.definition().claims().root(),
                issuance.dataset().claims());
        document.put("credentialSubject", subject);
        CredentialSchema.reference(type, issuance.issuer(), issuance.configuration())
                .ifPresent(schema -> document.put("credentialSchema", schema));
        issuance.status().ifPresent(status -> document.put("credentialStatus", entry(status)));
        return document;
    }

    /// Bitstring Status List v1.0, section 2.1.
    private static Map<String, Object> entry(StatusReference status) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("type", VcdmCredential.STATUS_ENTRY);
        entry.put("statusPurpose", "revocation");
        entry.put("statusListIndex", Long.toString(status.index()));
        entry.put("statusListCredential", status.uri().toString());
        return entry;
    }
}
