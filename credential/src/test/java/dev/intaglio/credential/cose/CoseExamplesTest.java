package dev.intaglio.credential.cose;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborException;
import dev.intaglio.credential.cbor.CborReader;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Examples of the COSE working group")
class CoseExamplesTest {
    private static final int SIGN1 = 18;

    static Stream<Arguments> cases() throws IOException {
        try (var stream = Objects.requireNonNull(
                CoseExamplesTest.class.getResourceAsStream("/dev/intaglio/credential/cose/cose-wg.json"))) {
            return Json.readObject(stream.readAllBytes(), JsonLimits.DOCUMENT).objects("cases").stream()
                    .map(example -> Arguments.of(
                            example.string("name")
                                    + example.optionalString("because")
                                            .map(why -> ": " + why)
                                            .orElse(""),
                            example));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    @DisplayName("verify, or do not, as they should")
    void examples(String name, JsonObject example) {
        var key = SignedJwt.publicKey(example.object("key"));
        var bytes = HexFormat.of().parseHex(example.string("cbor"));
        assertThat(verifies(bytes, key)).as(name).isEqualTo(example.flag("verifies"));
        if (example.flag("verifies")) {
            var item = CborReader.read(bytes);
            var sign1 = CoseSign1.read(item instanceof Cbor.Tag ? item.tagged(SIGN1) : item);
            assertThat(HexFormat.of().formatHex(sign1.payload())).isEqualTo(example.string("payload"));
            assertThat(CoseKey.read(CoseKey.of(key)).toPublicJWK().getRequiredParams())
                    .isEqualTo(key.getRequiredParams());
        }
    }

    private static boolean verifies(byte[] bytes, JWK key) {
        try {
            var item = CborReader.read(bytes);
            return CoseSign1.read(item instanceof Cbor.Tag ? item.tagged(SIGN1) : item)
                    .verifies(key);
        } catch (CborException unreadable) {
            return false;
        }
    }
}
