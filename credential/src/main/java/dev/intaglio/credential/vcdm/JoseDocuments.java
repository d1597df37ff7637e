package dev.intaglio.credential.vcdm;

import dev.intaglio.credential.DocumentSecuring;
import dev.intaglio.credential.IssuerIdentification;
import dev.intaglio.credential.jose.IssuerSignature;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
    public byte[] secure(JsonObject document, Optional<IssuerIdentification> way, URI issuer, SigningKey key) {
        var named = way.map(one -> one.issuer(issuer, key)).orElseGet(issuer::toString);
        var claims = new LinkedHashMap<String, @Nullable Object>(document.members());
        claims.put("issuer", named);
        claims.put("iss", named);
        return SIGNATURE.sign(claims, way, issuer, key).toByteArray();
    }
}
