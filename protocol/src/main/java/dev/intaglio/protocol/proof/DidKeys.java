package dev.intaglio.protocol.proof;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/// Public keys that a DID spells out itself: `did:jwk` and `did:key`. Nothing is fetched.
public final class DidKeys {
    /// Multicodec prefixes of public keys, written as unsigned varints.
    private static final Map<Integer, Curve> EC_CODECS =
            Map.of(0x1200, Curve.P_256, 0x1201, Curve.P_384, 0x1202, Curve.P_521);

    private static final int ED25519_CODEC = 0xed;
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

    /// The `did:key` of a key, whose one verification method is this DID, `#`, and what is behind `did:key:`.
    ///
    /// @throws IllegalArgumentException if it is no key on P-256, P-384 or P-521 and no Ed25519 key
    public static String didKey(JWK key) {
        return "did:key:" + multikey(key);
    }

    /// The `did:jwk` of a key, of what makes it a key and nothing else.
    public static String didJwk(JWK key) {
        return "did:jwk:"
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Json.write(key.toPublicJWK().getRequiredParams()));
    }

    /// The one verification method of a `did:jwk` or `did:key`.
    public static String verificationMethod(String did) {
        return did + "#" + (did.startsWith("did:jwk:") ? "0" : did.substring("did:key:".length()));
    }

    private static String multikey(JWK key) {
        if (key instanceof ECKey point) {
            var prefix =
                    new byte[] {(byte) (0x80 | codec(point.getCurve()) & 0x7f), (byte) (codec(point.getCurve()) >> 7)};
            return Base58.multibase(prefix, CompressedPoints.compress(point));
        }
        if (key instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519)) {
            return Base58.multibase(
                    new byte[] {(byte) ED25519_CODEC, 0x01}, pair.getX().decode());
        }
        throw new IllegalArgumentException("there is no did:key for this kind of key");
    }

    private static int codec(Curve curve) {
        return EC_CODECS.entrySet().stream()
                .filter(entry -> entry.getValue().equals(curve))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no did:key for this curve"))
                .getKey();
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

    /// A public key as Multikey has it (`publicKeyMultibase`, Controlled Identifiers 1.0): `z`, and base58 of codec and key.
    ///
    /// @throws JsonException if it is no key we can use
    public static JWK multikey(String multibase) {
        if (!multibase.startsWith("z")) {
            throw new JsonException("the key is not in base58");
        }
        var bytes = Base58.decode(multibase.substring(1), MAX_MULTIKEY);
        if (bytes.length < 2 || (bytes[0] & 0x80) == 0 || (bytes[1] & 0x80) != 0) {
            throw new JsonException("the did:key holds no key we can read");
        }
        var codec = (bytes[0] & 0x7f) | (bytes[1] & 0x7f) << 7;
        var key = Arrays.copyOfRange(bytes, 2, bytes.length);
        try {
            var curve = EC_CODECS.get(codec);
            if (curve != null) {
                return CompressedPoints.ecKey(curve, key);
            }
            if (codec == ED25519_CODEC) {
                return ed25519(key);
            }
            throw new JsonException("the did:key holds a key of a kind we do not use");
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
}
