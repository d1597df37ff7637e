package dev.intaglio.credential.dataintegrity;

import dev.intaglio.credential.DocumentSecuring;
import dev.intaglio.credential.IssuerIdentification;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.util.Optional;

/// Secures documents with a Data Integrity proof. As in credentials of `ldp_vc`, the issuer is named by a DID, that of the key that
/// signs unless the definition says otherwise.
record ProvenDocuments(DataIntegrity dataIntegrity) implements DocumentSecuring {
    @Override
    public String name() {
        return "data-integrity";
    }

    @Override
    public String mediaType() {
        return "application/vc";
    }

    @Override
    public Optional<IssuerIdentification> usually() {
        return Optional.of(IssuerIdentification.DID_KEY);
    }

    @Override
    public byte[] secure(JsonObject document, Optional<IssuerIdentification> way, URI issuer, SigningKey key) {
        var named = way.orElse(IssuerIdentification.DID_KEY);
        var options = JsonObject.builder()
                .put("created", document.string("validFrom"))
                .put("verificationMethod", named.keyIdentifier(issuer, key))
                .put("proofPurpose", "assertionMethod")
                .build();
        return dataIntegrity
                .sign(
                        document.with("issuer", named.issuer(issuer, key)),
                        options,
                        Cryptosuite.forKeys(key.algorithm()),
                        key)
                .bytes();
    }
}
