package dev.intaglio.credential.vcdm;

import dev.intaglio.credential.DocumentSecuring;
import dev.intaglio.credential.jose.IssuerSignature;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Secures documents as JWT, the claims set being the document (VC-JOSE-COSE §3.1).
final class JoseDocuments implements DocumentSecuring {
    static final JoseDocuments INSTANCE = new JoseDocuments();

    private static final IssuerSignature SIGNATURE = new IssuerSignature(Map.of("typ", "vc+jwt", "cty", "vc"));

    private JoseDocuments() {}

    @Override
    public String name() {
        return "jose";
    }

    @Override
    public String mediaType() {
        return "application/vc+jwt";
    }

    @Override
    public byte[] secure(JsonObject document, URI issuer, SigningKey key) {
        var claims = new LinkedHashMap<String, @Nullable Object>(document.members());
        claims.put("issuer", issuer.toString());
        claims.put("iss", issuer.toString());
        return SIGNATURE.sign(claims, issuer, key).toByteArray();
    }
}
