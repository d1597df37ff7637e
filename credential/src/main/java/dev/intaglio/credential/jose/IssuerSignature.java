package dev.intaglio.credential.jose;

import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.IssuerIdentification;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.json.Json;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Signs the payload of a credential as a JWS (RFC 7515). The header says whose key it is as the definition wants it
/// ([IssuerIdentification]); if it does not care, by its certificates where it has any (HAIP §6.1.1), by its `kid` otherwise. It is
/// the same for all credentials of a key, and made once.
public final class IssuerSignature {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /// More keys than this are a sign of keys made per request; then all are forgotten and it begins anew.
    private static final int MAX_KEPT = 256;

    private final Map<String, String> types;
    private final Map<Signer, byte[]> headers = new ConcurrentHashMap<>();

    private record Signer(SigningKey key, Optional<IssuerIdentification> identification, URI issuer) {}

    /// @param types what the header says of the content: `typ`, and `cty` where the format has one
    public IssuerSignature(Map<String, String> types) {
        this.types = Map.copyOf(types);
    }

    /// The compact serialisation, in ASCII.
    public ByteArrayOutputStream sign(Map<String, ? extends @Nullable Object> payload, Issuance issuance) {
        return sign(
                payload,
                new Signer(
                        issuance.signingKey(), IssuerIdentification.of(issuance.configuration()), issuance.issuer()));
    }

    /// Something else than a credential, such as a status list: the key is known by its certificates if it has any, by its
    /// `kid` otherwise.
    public ByteArrayOutputStream sign(Map<String, ? extends @Nullable Object> payload, URI issuer, SigningKey key) {
        return sign(payload, Optional.empty(), issuer, key);
    }

    /// As above, of an issuer that credentials name in some way.
    public ByteArrayOutputStream sign(
            Map<String, ? extends @Nullable Object> payload,
            Optional<IssuerIdentification> way,
            URI issuer,
            SigningKey key) {
        return sign(payload, new Signer(key, way, issuer));
    }

    private ByteArrayOutputStream sign(Map<String, ? extends @Nullable Object> payload, Signer signer) {
        var jws = new ByteArrayOutputStream(8_192);
        jws.writeBytes(header(signer));
        jws.write('.');
        jws.writeBytes(BASE64URL.encode(Json.write(payload)));
        var signature = signer.key().sign(jws.toByteArray());
        jws.write('.');
        jws.writeBytes(BASE64URL.encode(signature));
        return jws;
    }

    private byte[] header(Signer signer) {
        var kept = headers.get(signer);
        if (kept != null) {
            return kept;
        }
        var header = new LinkedHashMap<String, Object>();
        header.put("alg", signer.key().algorithm().getName());
        header.putAll(types);
        header.putAll(IssuerIdentification.header(signer.identification(), signer.issuer(), signer.key()));
        var encoded = BASE64URL.encode(Json.write(header));
        if (headers.size() >= MAX_KEPT) {
            headers.clear();
        }
        headers.put(signer, encoded);
        return encoded;
    }
}
