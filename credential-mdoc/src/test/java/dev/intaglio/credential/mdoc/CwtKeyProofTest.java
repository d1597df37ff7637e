package dev.intaglio.credential.mdoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborReader;
import dev.intaglio.credential.cose.CoseKey;
import dev.intaglio.credential.cose.CoseSign1;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.DidKeys;
import dev.intaglio.protocol.proof.DidResolver;
import dev.intaglio.protocol.proof.KeyProof;
import dev.intaglio.protocol.proof.KeyProofOrder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Key proofs of type cwt, of drafts 12 and 13")
class CwtKeyProofTest {
    private static final URI ISSUER = URI.create("https://issuer.example");
    private static final Instant NOW = Instant.parse("2026-11-03T10:15:30Z");

    private final CwtKeyProof type = new CwtKeyProof();
    private final SigningKey key = SigningKey.generate(JWSAlgorithm.ES256);

    private static String encoded(Cbor item) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(item.encoded());
    }

    private Map<Cbor, Cbor> header() {
        return new HashMap<>(Map.of(
                Cbor.of(3),
                Cbor.of("openid4vci-proof+cwt"),
                Cbor.of("COSE_Key"),
                Cbor.of(CoseKey.of(key.publicJwk()).encoded())));
    }

    private static Map<Cbor, Cbor> claims() {
        return new HashMap<>(Map.of(
                Cbor.of(3),
                Cbor.of("https://issuer.example"),
                Cbor.of(6),
                Cbor.of(NOW.getEpochSecond()),
                Cbor.of(10),
                Cbor.of("nonce".getBytes(StandardCharsets.UTF_8))));
    }

    private KeyProof read(Consumer<Map<Cbor, Cbor>> headerChange, Consumer<Map<Cbor, Cbor>> claimsChange) {
        var header = header();
        headerChange.accept(header);
        var claims = claims();
        claimsChange.accept(claims);
        return type.read(
                encoded(CoseSign1.sign(new Cbor.Members(claims).encoded(), key, header)
                        .write()),
                DidResolver.SELF_CONTAINED);
    }

    private void assertRefused(Consumer<Map<Cbor, Cbor>> headerChange, Consumer<Map<Cbor, Cbor>> claimsChange) {
        assertThatThrownBy(() -> read(headerChange, claimsChange)).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512", "EdDSA"})
    @DisplayName("are read as they were made, by each algorithm, with a tag or without")
    void made(String algorithm) {
        var by = SigningKey.generate(JWSAlgorithm.parse(algorithm));
        var order = new KeyProofOrder(
                ISSUER, NOW, Optional.of("nonce"), Optional.of("wallet"), List.of(algorithm), List.of("cose_key"));
        var made = type.make(by, order);
        var tagged = CborReader.read(Base64.getUrlDecoder().decode(made));
        for (var spelling : List.of(made, encoded(tagged.tagged(18)), encoded(new Cbor.Tag(61, tagged)))) {
            var read = type.read(spelling, DidResolver.SELF_CONTAINED);
            assertThat(read.key()).isEqualTo(CoseKey.read(CoseKey.of(by.publicJwk())));
            assertThat(read.algorithm()).isEqualTo(algorithm);
            assertThat(read.issuer()).contains("wallet");
            assertThat(read.audience()).isEqualTo("https://issuer.example");
            assertThat(read.issuedAt()).contains(NOW);
            assertThat(read.nonce()).contains("nonce");
        }
        assertThatThrownBy(() -> type.make(
                        by,
                        new KeyProofOrder(
                                ISSUER, NOW, Optional.empty(), Optional.empty(), List.of("other"), List.of("jwk"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("name their key by COSE_Key, by a DID URL or by a certificate")
    void named() throws Exception {
        assertThat(read(header -> {}, claims -> {}).keyIdentifier()).isEmpty();
        var did = DidKeys.verificationMethod(DidKeys.didKey(key.publicJwk()));
        var byDid = read(
                header -> {
                    header.remove(Cbor.of("COSE_Key"));
                    header.put(Cbor.of(4), Cbor.of(did.getBytes(StandardCharsets.UTF_8)));
                },
                claims -> {});
        assertThat(byDid.keyIdentifier()).contains(did);
        var certified = DevelopmentCa.create("Test", Clock.systemUTC(), new SecureRandom())
                .issue("Holder", ISSUER, JWSAlgorithm.ES256);
        var header = header();
        header.remove(Cbor.of("COSE_Key"));
        header.put(Cbor.of(33), Cbor.of(certified.chain().getFirst().getEncoded()));
        var proof = encoded(CoseSign1.sign(new Cbor.Members(claims()).encoded(), certified, header)
                .write());
        assertThat(type.read(proof, DidResolver.SELF_CONTAINED).key().computeThumbprint())
                .isEqualTo(certified.publicJwk().computeThumbprint());
    }

    @Test
    @DisplayName(
            "are refused with another content type, without a key or with two, or with one that is private or another's")
    void refusesHeaders() {
        assertRefused(header -> header.remove(Cbor.of(3)), claims -> {});
        assertRefused(header -> header.put(Cbor.of(3), Cbor.of("application/cwt")), claims -> {});
        assertRefused(header -> header.put(Cbor.of(3), Cbor.of(61)), claims -> {});
        assertRefused(header -> header.remove(Cbor.of("COSE_Key")), claims -> {});
        assertRefused(
                header -> header.put(Cbor.of(4), Cbor.of("did:key:z".getBytes(StandardCharsets.UTF_8))), claims -> {});
        assertRefused(header -> header.put(Cbor.of(2), new Cbor.Array(List.of(Cbor.of(3)))), claims -> {});
        var other = SigningKey.generate(JWSAlgorithm.ES256).publicJwk();
        assertRefused(
                header -> header.put(
                        Cbor.of("COSE_Key"), Cbor.of(CoseKey.of(other).encoded())),
                claims -> {});
        var withPrivate = new HashMap<>(CoseKey.of(key.publicJwk()).entries());
        withPrivate.put(Cbor.of(-4), Cbor.of(new byte[32]));
        assertRefused(
                header -> header.put(Cbor.of("COSE_Key"), Cbor.of(new Cbor.Members(withPrivate).encoded())),
                claims -> {});
    }

    @Test
    @DisplayName("are refused without aud or iat, or with values of another kind; a time may have a fraction")
    void refusesClaims() {
        assertRefused(header -> {}, claims -> claims.remove(Cbor.of(3)));
        assertRefused(header -> {}, claims -> claims.put(Cbor.of(3), new Cbor.Array(List.of(Cbor.of("a")))));
        assertRefused(header -> {}, claims -> claims.remove(Cbor.of(6)));
        assertRefused(header -> {}, claims -> claims.put(Cbor.of(6), Cbor.of("now")));
        assertRefused(header -> {}, claims -> claims.put(Cbor.of(6), Cbor.of(-1)));
        assertRefused(header -> {}, claims -> claims.put(Cbor.of(6), Cbor.of(Long.MAX_VALUE)));
        assertRefused(header -> {}, claims -> claims.put(Cbor.of(6), new Cbor.Float(Double.NaN)));
        assertRefused(header -> {}, claims -> claims.put(Cbor.of(10), Cbor.of("a text")));
        assertThat(read(header -> {}, claims -> claims.put(Cbor.of(6), new Cbor.Float(NOW.getEpochSecond() + 0.5)))
                        .issuedAt())
                .contains(NOW);
        assertThat(read(header -> {}, claims -> claims.remove(Cbor.of(10))).nonce())
                .isEmpty();
    }

    @Test
    @DisplayName("are refused if they are no CWT, or one byte of them was changed")
    void tampered() {
        for (var nonsense : List.<Object>of("", "!", "AA", JsonObject.empty(), 1, encoded(Cbor.of("text")))) {
            assertThatThrownBy(() -> type.read(nonsense, DidResolver.SELF_CONTAINED))
                    .isInstanceOf(JsonException.class);
        }
        var bytes = CoseSign1.sign(new Cbor.Members(claims()).encoded(), key, header())
                .write()
                .encoded();
        for (var i = 0; i < bytes.length; i++) {
            var changed = bytes.clone();
            changed[i] ^= 1;
            var proof = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThatThrownBy(() -> type.read(proof, DidResolver.SELF_CONTAINED))
                    .as("byte %d", i)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
