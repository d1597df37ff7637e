package dev.intaglio.credential.cose;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.cbor.Cbor;
import java.util.Arrays;
import java.util.Optional;

/// Signature algorithms by their numbers in COSE (RFC 9053 §2, RFC 9864), of which we sign with the first of each pair:
/// it is the one ISO/IEC 18013-5 names.
public enum CoseAlgorithm {
    ES256(-7, JWSAlgorithm.ES256),
    ESP256(-9, JWSAlgorithm.ES256),
    ES384(-35, JWSAlgorithm.ES384),
    ESP384(-51, JWSAlgorithm.ES384),
    ES512(-36, JWSAlgorithm.ES512),
    ESP512(-52, JWSAlgorithm.ES512),
    EDDSA(-8, JWSAlgorithm.EdDSA),
    ED25519(-19, JWSAlgorithm.EdDSA);

    private final int number;
    private final JWSAlgorithm jose;

    CoseAlgorithm(int number, JWSAlgorithm jose) {
        this.number = number;
        this.jose = jose;
    }

    /// As in a header, and in `credential_signing_alg_values_supported` (App. A.2.2 of OpenID4VCI).
    public int number() {
        return number;
    }

    /// What JOSE calls it.
    public JWSAlgorithm jose() {
        return jose;
    }

    /// The one a key of ours signs with.
    ///
    /// @throws IllegalArgumentException if the algorithm has no number here
    public static CoseAlgorithm of(JWSAlgorithm algorithm) {
        var name = algorithm.equals(JWSAlgorithm.Ed25519) ? JWSAlgorithm.EdDSA : algorithm;
        return Arrays.stream(values())
                .filter(known -> known.jose.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("mdocs are not signed with " + algorithm));
    }

    static Optional<CoseAlgorithm> of(Cbor number) {
        return Arrays.stream(values())
                .filter(known -> Cbor.of(known.number).equals(number))
                .findFirst();
    }
}
