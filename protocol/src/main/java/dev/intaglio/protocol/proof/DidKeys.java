package dev.intaglio.protocol.proof;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;

/// Public keys that a DID spells out itself: `did:jwk` and `did:key`. Nothing is fetched.
public final class DidKeys {
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int MAX_DID = 4096;
    private static final int MAX_MULTIKEY = 256;

    private DidKeys() {}

    /// Finds the key of a DID URL; a fragment, if there is one, must be the one the method defines.
    ///
    /// @throws JsonException if it is not such a DID or holds no public key we can use
    public static JWK resolve(String didUrl) {
        if (didUrl.length() > MAX_DID) {
            throw new JsonException("the DID is longer than we read");
        }
        var hash = didUrl.indexOf('#');
        var did = hash < 0 ? didUrl : didUrl.substring(0, hash);
        var fragment = hash < 0 ? "" : didUrl.substring(hash + 1);
        if (did.startsWith("did:jwk:")) {
            requireFragment(fragment, "0");
            return jwk(did.substring("did:jwk:".length()));
        }
        if (did.startsWith("did:key:z")) {
            var multikey = did.substring("did:key:".length());
            requireFragment(fragment, multikey);
            return multikey(multikey);
        }
        throw new JsonException("kid is not a DID URL of a method in cryptographic_binding_methods_supported");
    }

    private static void requireFragment(String fragment, String defined) {
        if (!fragment.isEmpty() && !fragment.equals(defined)) {
            throw new JsonException("the DID URL's fragment names no key of the DID");
        }
    }

    private static JWK jwk(String encoded) {
        try {
            return SignedJwt.publicKey(
                    Json.readObject(Base64.getUrlDecoder().decode(encoded), new JsonLimits(MAX_DID, 4)));
        } catch (IllegalArgumentException malformed) {
            if (malformed instanceof JsonException named) {
                throw named;
            }
            throw new JsonException("the did:jwk is not base64url", malformed);
        }
    }

    /// Multicodec prefixes of public keys: P-256 0x1200, P-384 0x1201, P-521 0x1202, Ed25519 0xed, as unsigned varints.
    private static JWK multikey(String multibase) {
        var bytes = base58(multibase.substring(1));
        if (bytes.length < 2 || (bytes[0] & 0x80) == 0 || (bytes[1] & 0x80) != 0) {
            throw new JsonException("the did:key holds no key we can read");
        }
        var codec = (bytes[0] & 0x7f) | (bytes[1] & 0x7f) << 7;
        var key = Arrays.copyOfRange(bytes, 2, bytes.length);
        try {
            return switch (codec) {
                case 0x1200 -> CompressedPoints.ecKey(Curve.P_256, key);
                case 0x1201 -> CompressedPoints.ecKey(Curve.P_384, key);
                case 0x1202 -> CompressedPoints.ecKey(Curve.P_521, key);
                case 0xed -> ed25519(key);
                default -> throw new JsonException("the did:key holds a key of a kind we do not use");
            };
        } catch (IllegalArgumentException malformed) {
            if (malformed instanceof JsonException named) {
                throw named;
            }
            throw new JsonException("the did:key holds no point of its curve", malformed);
        }
    }

    private static JWK ed25519(byte[] key) {
        if (key.length != 32) {
            throw new JsonException("the did:key's Ed25519 key is not 32 bytes");
        }
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(key)).build();
    }

    private static byte[] base58(String text) {
        if (text.isEmpty() || text.length() > MAX_MULTIKEY) {
            throw new JsonException("the did:key is empty or longer than we read");
        }
        if (text.charAt(0) == '1') {
            throw new JsonException("the did:key begins with a zero byte, which no kind of key does");
        }
        var value = BigInteger.ZERO;
        for (var i = 0; i < text.length(); i++) {
            var digit = BASE58.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new JsonException("the did:key is not base58");
            }
            value = value.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
        }
        var bytes = value.toByteArray();
        return bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
