package dev.intaglio.credential.vcdm;

import dev.intaglio.credential.BitstringStatusListEntry;
import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.sdjwtvc.SelectiveClaims;
import java.util.LinkedHashMap;
import java.util.List;
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
        type.schema()
                .map(schema -> schema.reference(issuance.issuer(), issuance.configuration()))
                .ifPresent(schema -> document.put("credentialSchema", schema));
        issuance.status()
                .map(CredentialStatus::entries)
                .filter(entries -> !entries.isEmpty())
                .ifPresent(entries -> document.put("credentialStatus", write(entries)));
        return document;
    }

    /// Bitstring Status List v1.0, section 2.1.
    private static Object write(List<BitstringStatusListEntry> entries) {
        var written = entries.stream().map(BitstringStatusListEntry::write).toList();
        return written.size() == 1 ? written.getFirst() : written;
    }
}
