package dev.intaglio.credential.cose;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborException;
import java.util.LinkedHashMap;
import java.util.Map;

/// A public key as a COSE_Key (RFC 9052 §7, RFC 9053 §7.1): P-256, P-384, P-521 and Ed25519. Only the key: what a JWK
/// may say beside it is not carried over.
public final class CoseKey {
    private static final long TYPE = 1;
    private static final long CURVE = -1;
    private static final long X = -2;
    private static final long Y = -3;
    private static final long PRIVATE = -4;
    private static final Cbor OKP = Cbor.of(1);
    private static final Cbor EC2 = Cbor.of(2);

    private static final Map<Curve, Integer> CURVES =
            Map.of(Curve.P_256, 1, Curve.P_384, 2, Curve.P_521, 3, Curve.Ed25519, 6);

    private CoseKey() {}

    /// @throws IllegalArgumentException if mdocs cannot be bound to a key of this kind
    public static Cbor.Members of(JWK key) {
        var members = new LinkedHashMap<Cbor, Cbor>();
        switch (key) {
            case ECKey ec -> {
                members.put(Cbor.of(TYPE), EC2);
                members.put(Cbor.of(CURVE), number(ec.getCurve()));
                members.put(Cbor.of(X), Cbor.of(ec.getX().decode()));
                members.put(Cbor.of(Y), Cbor.of(ec.getY().decode()));
            }
            case OctetKeyPair okp -> {
                members.put(Cbor.of(TYPE), OKP);
                members.put(Cbor.of(CURVE), number(okp.getCurve()));
                members.put(Cbor.of(X), Cbor.of(okp.getX().decode()));
            }
            default -> throw new IllegalArgumentException("a key of type " + key.getKeyType() + " is no COSE_Key here");
        }
        return new Cbor.Members(members);
    }

    private static Cbor number(Curve curve) {
        var number = CURVES.get(curve);
        if (number == null) {
            throw new IllegalArgumentException("a key on " + curve + " is no COSE_Key here");
        }
        return Cbor.of(number);
    }

    /// @throws CborException if it is no public key of a known kind; whether the point is on its curve is asked when the
    ///     key is used
    public static JWK read(Cbor key) {
        var members = key.members();
        if (members.find(PRIVATE).isPresent()) {
            throw new CborException("the COSE_Key holds a private key");
        }
        var curve = curve(part(members, CURVE, "curve"));
        var x = coordinate(members, X);
        var type = part(members, TYPE, "type");
        if (type.equals(OKP) && curve.equals(Curve.Ed25519)) {
            return new OctetKeyPair.Builder(curve, x).build();
        }
        if (!type.equals(EC2) || curve.equals(Curve.Ed25519)) {
            throw new CborException("the type of the COSE_Key is unknown, or not one of its curve's");
        }
        try {
            return new ECKey.Builder(curve, x, coordinate(members, Y)).build();
        } catch (IllegalStateException | IllegalArgumentException offTheCurve) {
            throw new CborException("the COSE_Key is no point of its curve");
        }
    }

    private static Curve curve(Cbor number) {
        return CURVES.entrySet().stream()
                .filter(known -> Cbor.of(known.getValue()).equals(number))
                .findFirst()
                .orElseThrow(() -> new CborException("the COSE_Key is on a curve that is not known"))
                .getKey();
    }

    private static Base64URL coordinate(Cbor.Members members, long label) {
        return Base64URL.encode(part(members, label, "coordinate").bytes());
    }

    private static Cbor part(Cbor.Members members, long label, String name) {
        return members.find(label).orElseThrow(() -> new CborException("the COSE_Key has no " + name));
    }
}
