package dev.intaglio.credential.dataintegrity;

import dev.intaglio.credential.DocumentSecuring;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.DidKeys;
import java.net.URI;

/// Secures documents with a Data Integrity proof. As in credentials of `ldp_vc`, the issuer is named by the `did:key` of the
/// key that signs.
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
    public byte[] secure(JsonObject document, URI issuer, SigningKey key) {
        var did = DidKeys.didKey(key.publicJwk());
        var options = JsonObject.builder()
                .put("created", document.string("validFrom"))
                .put("verificationMethod", did + "#" + did.substring("did:key:".length()))
                .put("proofPurpose", "assertionMethod")
                .build();
        return dataIntegrity
                .sign(document.with("issuer", did), options, Cryptosuite.forKeys(key.algorithm()), key)
                .bytes();
    }
}
