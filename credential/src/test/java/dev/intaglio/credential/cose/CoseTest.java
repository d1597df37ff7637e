package dev.intaglio.credential.cose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborException;
import dev.intaglio.credential.cbor.CborReader;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.requirements.Requirement;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoseTest {
    private static final HexFormat HEX = HexFormat.of();

    /// RFC 9052, Appendix C.7.1, the key with the identifier 11.
    private static final String KEY = "a4" + "0102" + "2001"
            + "215820bac5b11cad8f99f9c72b05cf4b9e26d244dc189f745228255a219a86d6a09eff"
            + "22582020138bf82dc1b6d562be0fa54ab7804a3a64b6d72ccfed6b6fb6ed28bbfc117e";

    /// RFC 9052, Appendix C.2.1, without the tag.
    private static final String SIGN1 = "84" + "43a10126" + "a104423131" + "54546869732069732074686520636f6e74656e742e"
            + "58408eb33e4ca31d1c465ab05aac34cc6b23d58fef5c083106c4d25a91aef0b0117e"
            + "2af9a291aa32e14ab834dc56ed2a223444547e01f11d3b0916e5a4c345cacb36";

    private static Cbor cbor(String hex) {
        return CborReader.read(HEX.parseHex(hex));
    }

    @Test
    @DisplayName("RFC 9052's example of a COSE_Sign1 verifies with its key, and with a changed byte it does not")
    void example() {
        var sign1 = CoseSign1.read(cbor(SIGN1));

        assertThat(sign1.algorithm()).isEqualTo(CoseAlgorithm.ES256);
        assertThat(sign1.verifies(CoseKey.read(cbor(KEY)))).isTrue();
        assertThat(HEX.formatHex(sign1.write().encoded())).isEqualTo(SIGN1);
        assertThat(CoseSign1.read(cbor(SIGN1.replace("54546869", "54546868"))).verifies(CoseKey.read(cbor(KEY))))
                .isFalse();
    }

    @Test
    @DisplayName("what is signed is the Sig_structure of RFC 9052 §4.4")
    void sigStructure() {
        assertThat(HEX.formatHex(CoseSign1.signed(HEX.parseHex("a10126"), HEX.parseHex("0102"))))
                .isEqualTo("84" + "6a5369676e617475726531" + "43a10126" + "40" + "420102");
    }

    @ParameterizedTest
    @CsvSource({"ES256,-7", "ES384,-35", "ES512,-36", "EdDSA,-8", "Ed25519,-8"})
    @Requirement("CI-META-23")
    @DisplayName("algorithms are named by the numbers of ISO/IEC 18013-5, keys survive the way to COSE_Key and back")
    void algorithms(String jose, int number) {
        var key = SigningKey.generate(JWSAlgorithm.parse(jose));

        assertThat(CoseAlgorithm.of(key.algorithm()).number()).isEqualTo(number);
        assertThat(CoseKey.read(CborReader.read(CoseKey.of(key.publicJwk()).encoded()))
                        .toPublicJWK()
                        .getRequiredParams())
                .isEqualTo(key.publicJwk().getRequiredParams());
    }

    @ParameterizedTest
    @CsvSource({"28,ES256", "3832,ES384", "3833,ES512", "32,EdDSA"})
    @Requirement("HAIP-11")
    @DisplayName("the fully specified numbers of RFC 9864 are read too")
    void fullySpecified(String number, String jose) {
        assertThat(CoseAlgorithm.of(cbor(number)).orElseThrow().jose().getName())
                .isEqualTo(jose);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "d2" + SIGN1, // tagged
                "83" + "43a10126" + "a0" + "40",
                "84" + "a10126" + "a0" + "40" + "40",
                "84" + "45a2012602 80" + "a0" + "40" + "40", // crit
                "84" + "43a10126" + "a10126" + "40" + "40", // alg twice
                "84" + "40" + "a0" + "40" + "40",
                "84" + "43a10126" + "a0" + "f6" + "40" // detached
            })
    @DisplayName("a COSE_Sign1 is refused that is none, or asks more than we know")
    void malformed(String hex) {
        assertThatThrownBy(() -> CoseSign1.read(cbor(hex.replace(" ", "")))).isInstanceOf(CborException.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "KEY + private,a5,2341 01",
        "wrong curve,20 01,20 08",
        "type of another curve,0102,0101",
        "compressed,225820,2258 1f"
    })
    @DisplayName("a COSE_Key is refused that is private, or of a kind we do not know:")
    void keys(String what, String part, String other) {
        var hex = what.contains("private")
                ? "a5" + KEY.substring(2) + other.replace(" ", "")
                : KEY.replace(part.replace(" ", ""), other.replace(" ", ""));

        assertThatThrownBy(() -> CoseKey.read(cbor(hex))).isInstanceOf(CborException.class);
    }

    @Test
    @DisplayName("a point that is not on its curve is no key")
    void offTheCurve() {
        assertThatThrownBy(() -> CoseKey.read(cbor(KEY.replace("bac5b11c", "bac5b11d"))))
                .isInstanceOf(CborException.class);
    }
}
