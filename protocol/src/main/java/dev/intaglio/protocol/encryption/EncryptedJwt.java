package dev.intaglio.protocol.encryption;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.impl.AESKW;
import com.nimbusds.jose.crypto.impl.ConcatKDF;
import com.nimbusds.jose.crypto.impl.ContentCryptoProvider;
import com.nimbusds.jose.crypto.impl.ECDH;
import com.nimbusds.jose.jca.JWEJCAContext;
import com.nimbusds.jose.util.Base64URL;
import dev.intaglio.keys.AgreementKey;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/// A JWT in JWE compact serialisation (RFC 7516), read but not yet decrypted. Whoever receives it looks at the header first:
/// which key of theirs it is for, by which algorithms.
///
/// Only ECDH-ES, directly or with AES key wrap, and AES-GCM are read. What comes out of `zip` is bounded like every other
/// document: inflating stops at the limit, so a small message cannot become a large one.
public final class EncryptedJwt {
    /// `alg` values, the first being what most wallets can.
    public static final List<String> ALGORITHMS = List.of("ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW");

    /// `enc` values.
    public static final List<String> ENCRYPTIONS = List.of("A128GCM", "A256GCM");

    /// The one compression there is (RFC 7516, section 4.1.3).
    public static final String DEFLATE = "DEF";

    private static final JsonLimits HEADER = new JsonLimits(8 * 1024, 8);
    private static final int PARTS = 5;

    private final String encodedHeader;
    private final JsonObject header;
    private final List<Base64URL> parts;
    private final JsonLimits limits;

    private EncryptedJwt(String encodedHeader, JsonObject header, List<Base64URL> parts, JsonLimits limits) {
        this.encodedHeader = encodedHeader;
        this.header = header;
        this.parts = parts;
        this.limits = limits;
    }

    /// @param limits for the document inside; the message itself may be larger by what base64url and the header add
    /// @throws JsonException if it is not a JWE we can read; the message never quotes it
    public static EncryptedJwt parse(byte[] compact, JsonLimits limits) {
        if (compact.length > limits.maxBytes() / 3 * 4 + 2 * HEADER.maxBytes()) {
            throw new JsonException("the encrypted message is longer than we read");
        }
        var text = new String(compact, StandardCharsets.US_ASCII);
        var split = split(text);
        var header = Json.readObject(decoded(split.getFirst()), HEADER);
        require(header, "alg", ALGORITHMS);
        require(header, "enc", ENCRYPTIONS);
        if (header.has("zip")) {
            require(header, "zip", List.of(DEFLATE));
        }
        if (header.has("crit")) {
            throw new JsonException("the encrypted message has critical header parameters, none of which we know");
        }
        return new EncryptedJwt(
                split.getFirst(),
                header,
                split.subList(1, PARTS).stream().map(Base64URL::new).toList(),
                limits);
    }

    private static List<String> split(String text) {
        var parts = new ArrayList<String>(PARTS);
        var from = 0;
        for (var dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
            if (parts.size() == PARTS - 1) {
                throw new JsonException("expected an encrypted JWT: five parts joined by dots");
            }
            parts.add(text.substring(from, dot));
            from = dot + 1;
        }
        parts.add(text.substring(from));
        if (parts.size() != PARTS) {
            throw new JsonException("expected an encrypted JWT: five parts joined by dots");
        }
        return parts;
    }

    private static void require(JsonObject header, String name, List<String> known) {
        if (!known.contains(header.string(name))) {
            throw new JsonException("the encrypted message's " + name + " is none of " + known);
        }
    }

    public String algorithm() {
        return header.string("alg");
    }

    public String encryption() {
        return header.string("enc");
    }

    public boolean compressed() {
        return header.has("zip");
    }

    /// Names the recipient's key.
    public Optional<String> keyId() {
        return header.optionalString("kid");
    }

    /// The claims inside.
    ///
    /// @throws JsonException if they are no JSON object within the limits
    public JsonObject decrypt(AgreementKey key) throws UndecryptableException {
        byte[] content;
        try {
            content = content(key);
        } catch (JOSEException | IllegalArgumentException failed) {
            throw new UndecryptableException(failed);
        }
        return Json.readObject(compressed() ? Deflate.inflate(content, limits.maxBytes()) : content, limits);
    }

    private byte[] content(AgreementKey key) throws JOSEException {
        var algorithm = JWEAlgorithm.parse(algorithm());
        var method = EncryptionMethod.parse(encryption());
        // Without `zip`, so that nothing is inflated here; what was authenticated is the header as it came.
        var plain = new JWEHeader.Builder(algorithm, method)
                .agreementPartyUInfo(encoded("apu"))
                .agreementPartyVInfo(encoded("apv"))
                .build();
        var shared = ECDH.deriveSharedKey(plain, key.agree(ephemeralKey()), new ConcatKDF("SHA-256"));
        var encryptedKey = parts.get(0);
        return ContentCryptoProvider.decrypt(
                plain,
                encodedHeader.getBytes(StandardCharsets.US_ASCII),
                encryptedKey,
                parts.get(1),
                parts.get(2),
                parts.get(3),
                contentKey(algorithm, shared, encryptedKey),
                new JWEJCAContext());
    }

    private static SecretKey contentKey(JWEAlgorithm algorithm, SecretKey shared, Base64URL encryptedKey)
            throws JOSEException {
        if (!algorithm.equals(JWEAlgorithm.ECDH_ES)) {
            return AESKW.unwrapCEK(shared, encryptedKey.decode(), null);
        }
        if (!encryptedKey.toString().isEmpty()) {
            throw new JOSEException("ECDH-ES has no encrypted key (RFC 7518, section 4.6)");
        }
        return shared;
    }

    private ECPublicKey ephemeralKey() throws JOSEException {
        return EncryptionKey.publicKey(header.object("epk")).toECPublicKey();
    }

    private @Nullable Base64URL encoded(String name) {
        return header.optionalString(name).map(Base64URL::new).orElse(null);
    }

    private static byte[] decoded(String encodedHeader) {
        try {
            return Base64.getUrlDecoder().decode(encodedHeader);
        } catch (IllegalArgumentException malformed) {
            throw new JsonException("the encrypted message's header is not base64url", malformed);
        }
    }

    /// Encrypts claims. `kid`, if the key has one, is named in the header (§10).
    ///
    /// @param encryption one of [#ENCRYPTIONS]
    /// @param compressed whether to compress before, with `zip` saying so
    public static String encrypt(JsonObject claims, EncryptionKey recipient, String encryption, boolean compressed) {
        var header = new JWEHeader.Builder(
                        JWEAlgorithm.parse(recipient.algorithm()), EncryptionMethod.parse(encryption))
                .keyID(recipient.key().getKeyID())
                .compressionAlgorithm(compressed ? CompressionAlgorithm.DEF : null)
                .build();
        var message = new JWEObject(header, new Payload(claims.bytes()));
        try {
            message.encrypt(new ECDHEncrypter(recipient.key()));
        } catch (JOSEException unusable) {
            throw new IllegalArgumentException("nothing can be encrypted to this key", unusable);
        }
        return message.serialize();
    }

    /// Algorithms only.
    @Override
    public String toString() {
        return "EncryptedJwt[" + algorithm() + ", " + encryption() + "]";
    }
}
