package dev.intaglio.credential.cose;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborException;
import dev.intaglio.credential.cbor.CborReader;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Examples of the COSE working group")
class CoseExamplesTest {
    private static final int SIGN1 = 18;

    private static JsonObject examples() throws IOException {
        try (var stream = Objects.requireNonNull(
                CoseExamplesTest.class.getResourceAsStream("/dev/intaglio/credential/cose/cose-wg.json"))) {
            return Json.readObject(stream.readAllBytes(), JsonLimits.DOCUMENT);
        }
    }

    static Stream<Arguments> cases() throws IOException {
        return examples().objects("cases").stream()
                .map(example -> Arguments.of(
                        example.string("name")
                                + example.optionalString("because")
                                        .map(why -> ": " + why)
                                        .orElse(""),
                        example));
    }

    static Stream<Arguments> keys() throws IOException {
        return examples().objects("keys").stream().map(key -> Arguments.of(key.string("name"), key));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    @DisplayName("read as the keys they are, and are written as the same members without their names")
    void publicKeys(String name, JsonObject example) {
        var read = CborReader.read(HexFormat.of().parseHex(example.string("cose_key")));
        var jwk = SignedJwt.publicKey(example.object("jwk"));

        assertThat(CoseKey.read(read).getRequiredParams()).as(name).isEqualTo(jwk.getRequiredParams());
        var nameless = new LinkedHashMap<>(read.members().entries());
        nameless.remove(Cbor.of(2));
        assertThat(CoseKey.of(jwk).entries()).isEqualTo(nameless);
    }

    @Test
    @DisplayName("by Ed25519 are made byte for byte: the same key, header and payload give the same COSE_Sign1")
    void deterministic() throws IOException {
        var example = examples().objects("cases").stream()
                .filter(one -> one.has("private"))
                .findFirst()
                .orElseThrow();
        var key = SigningKey.of(new OctetKeyPair.Builder(
                        Curve.Ed25519, new Base64URL(example.object("key").string("x")))
                .d(new Base64URL(example.string("private")))
                .keyID("11")
                .build());
        var contentType = Map.<Cbor, Cbor>of(Cbor.of(3), Cbor.of(0));
        var made = CoseSign1.sign(HexFormat.of().parseHex(example.string("payload")), key, contentType);
        var named = new CoseSign1( // what is not signed, as the example has it
                made.protectedHeader(),
                new Cbor.Members(Map.of(Cbor.of(4), Cbor.of("11".getBytes(StandardCharsets.US_ASCII)))),
                made.payload(),
                made.signature());

        assertThat(HexFormat.of().formatHex(new Cbor.Tag(SIGN1, named.write()).encoded()))
                .isEqualTo(example.string("cbor"));
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
            assertThat(HexFormat.of().formatHex(CoseSign1.signed(sign1.protectedHeader(), sign1.payload())))
                    .isEqualTo(example.string("to_be_signed"));
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
