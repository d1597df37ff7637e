package dev.intaglio.testing;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.json.JsonObject;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/// Names keys by the DIDs that spell them out, as wallets write them into `kid`: `did:jwk` and `did:key`.
public final class TestDids {
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// Multicodec prefixes of public keys, as unsigned varints.
    private static final Map<Curve, byte[]> PREFIX = Map.of(
            Curve.P_256, new byte[] {(byte) 0x80, 0x24},
            Curve.P_384, new byte[] {(byte) 0x81, 0x24},
            Curve.P_521, new byte[] {(byte) 0x82, 0x24},
            Curve.Ed25519, new byte[] {(byte) 0xed, 0x01});

    private TestDids() {}

    /// The DID URL of a key in `did:jwk`; its fragment is always `#0`.
    public static String jwk(SigningKey key) {
        var json = JsonObject.of(key.publicJwk().getRequiredParams());
        return "did:jwk:" + Base64.getUrlEncoder().withoutPadding().encodeToString(json.bytes()) + "#0";
    }

    /// The DID URL of a key in `did:key`; its fragment repeats the key.
    public static String key(SigningKey key) {
        var multibase = "z" + base58(multikey(key));
        return "did:key:" + multibase + "#" + multibase;
    }

    private static byte[] multikey(SigningKey key) {
        return switch (key.publicJwk()) {
            case ECKey ec -> {
                var sign = ec.getY().decodeToBigInteger().testBit(0) ? (byte) 3 : (byte) 2;
                yield joined(
                        joined(prefix(ec.getCurve()), new byte[] {sign}),
                        ec.getX().decode());
            }
            case OctetKeyPair okp -> joined(prefix(okp.getCurve()), okp.getX().decode());
            default -> throw new IllegalArgumentException("did:key is for keys on curves");
        };
    }

    private static byte[] prefix(Curve curve) {
        var prefix = PREFIX.get(curve);
        if (prefix == null) {
            throw new IllegalArgumentException("no did:key is made of keys on " + curve);
        }
        return prefix;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    /// No prefix begins with a zero byte, so none is kept.
    private static String base58(byte[] bytes) {
        var value = new BigInteger(1, bytes);
        var text = new StringBuilder();
        while (value.signum() > 0) {
            var parts = value.divideAndRemainder(BigInteger.valueOf(58));
            text.append(BASE58.charAt(parts[1].intValue()));
            value = parts[0];
        }
        return text.reverse().toString();
    }
}
