package dev.intaglio.protocol.proof;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.math.BigInteger;
import java.security.spec.ECFieldFp;
import java.util.Arrays;

/// Elliptic curve points written as their x coordinate and the sign of y (SEC 1, section 2.3.4).
final class CompressedPoints {
    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger THREE = BigInteger.valueOf(3);
    private static final BigInteger FOUR = BigInteger.valueOf(4);

    private CompressedPoints() {}

    /// One byte for the parity of y, then x (SEC 1 section 2.3.3).
    static byte[] compress(ECKey key) {
        var length = (key.getCurve().toECParameterSpec().getCurve().getField().getFieldSize() + 7) / 8;
        var x = key.getX().decodeToBigInteger().toByteArray();
        var compressed = new byte[length + 1];
        compressed[0] = (byte) (key.getY().decodeToBigInteger().testBit(0) ? 3 : 2);
        var from = x.length > length ? x.length - length : 0;
        System.arraycopy(x, from, compressed, compressed.length - (x.length - from), x.length - from);
        return compressed;
    }

    /// @throws IllegalArgumentException if it is no point of the curve
    static ECKey ecKey(Curve curve, byte[] compressed) {
        var parameters = curve.toECParameterSpec();
        var prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
        var length = (prime.bitLength() + 7) / 8;
        if (compressed.length != length + 1 || (compressed[0] != 2 && compressed[0] != 3)) {
            throw new IllegalArgumentException("not a compressed point of " + curve);
        }
        var x = new BigInteger(1, Arrays.copyOfRange(compressed, 1, compressed.length));
        if (x.compareTo(prime) >= 0) {
            throw new IllegalArgumentException("not a point of " + curve);
        }
        var squared = x.modPow(THREE, prime)
                .add(parameters.getCurve().getA().multiply(x))
                .add(parameters.getCurve().getB())
                .mod(prime);
        // Every prime here is 3 modulo 4, so this power is a square root if there is one.
        var y = squared.modPow(prime.add(BigInteger.ONE).divide(FOUR), prime);
        if (!y.modPow(TWO, prime).equals(squared)) {
            throw new IllegalArgumentException("not a point of " + curve);
        }
        if (y.testBit(0) != (compressed[0] == 3)) {
            y = prime.subtract(y);
        }
        return new ECKey.Builder(
                        curve,
                        ECKey.encodeCoordinate(prime.bitLength(), x),
                        ECKey.encodeCoordinate(prime.bitLength(), y))
                .build();
    }
}
