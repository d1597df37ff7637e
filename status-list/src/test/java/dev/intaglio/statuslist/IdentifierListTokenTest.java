package dev.intaglio.statuslist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.IdentifierReference;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborReader;
import dev.intaglio.credential.cose.CoseSign1;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.development.DevelopmentCa;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.multipaz.revocation.IdentifierList;

@DisplayName("ISO/IEC 18013-5 §12.3.6.4 Identifier list")
class IdentifierListTokenTest {
    private static final Instant NOW = Instant.parse("2026-11-03T10:15:30Z");
    private static final URI LIST = URI.create("https://issuer.example/identifierlists/1");
    private static final DevelopmentCa CA =
            DevelopmentCa.create("Authority", Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom());
    private static final SigningKey KEY =
            CA.issue("Status issuer", URI.create("https://issuer.example"), JWSAlgorithm.ES256);
    private static final TrustAnchors ANCHORS = TrustAnchors.of(List.of(CA.anchor()));

    private static IdentifierListToken token(int... indices) {
        return new IdentifierListToken(
                LIST,
                NOW,
                NOW.plusSeconds(3_600),
                Optional.of(Duration.ofMinutes(5)),
                IdentifierListToken.identifiers(IntStream.of(indices)),
                Optional.of(URI.create("https://issuer.example/statuslists")));
    }

    @Test
    @DisplayName("is a CWT with type and x5chain in the protected header, sub, iat, exp, ttl and the identifiers")
    void form() {
        var item = CborReader.read(token(7, 1_000_000).cwt(KEY));
        assertThat(item).isInstanceOf(Cbor.Tag.class);
        var signed = CoseSign1.read(((Cbor.Tag) item).content());

        assertThat(signed.unprotectedHeader().entries()).isEmpty();
        assertThat(signed.header().find(16)).contains(Cbor.of("application/identifierlist+cwt"));
        assertThat(CoseSign1.x5chain(signed.header())).hasSize(1);
        var claims = CborReader.read(signed.payload()).members();
        assertThat(claims.entries().keySet())
                .containsExactlyInAnyOrder(Cbor.of(2), Cbor.of(4), Cbor.of(6), Cbor.of(65_534), Cbor.of(65_530));
        assertThat(claims.find(65_530)
                        .orElseThrow()
                        .members()
                        .get("identifiers")
                        .members()
                        .entries())
                .containsOnlyKeys(Cbor.of(new byte[] {0, 0, 0, 7}), Cbor.of(new byte[] {0, 15, 66, 64}))
                .containsValue(new Cbor.Members(Map.of()));
    }

    @Test
    @DisplayName("says which documents are revoked, to whoever trusts its signer, until it expires")
    void read() {
        var cwt = token(7, 1_000_000).cwt(KEY);

        var read = IdentifierListToken.verify(cwt, LIST, ANCHORS, NOW);
        assertThat(read.contains(IdentifierReference.of(LIST, 7))).isTrue();
        assertThat(read.contains(IdentifierReference.of(LIST, 8))).isFalse();
        assertThat(read).isEqualTo(token(1_000_000, 7));

        var others = TrustAnchors.of(
                List.of(DevelopmentCa.create("Other", Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom())
                        .anchor()));
        assertThatThrownBy(() -> IdentifierListToken.verify(cwt, LIST, others, NOW))
                .isInstanceOf(StatusListException.class);
        assertThatThrownBy(() -> IdentifierListToken.verify(cwt, LIST, ANCHORS, NOW.plusSeconds(3_600)))
                .hasMessageContaining("expired");
        assertThatThrownBy(() -> IdentifierListToken.verify(cwt, URI.create(LIST + "0"), ANCHORS, NOW))
                .hasMessageContaining("sub");
    }

    @Test
    @DisplayName("a status list in its place is refused, and it in the place of one")
    void kinds() {
        var statuses = new StatusListToken(
                LIST,
                NOW,
                Optional.of(NOW.plusSeconds(60)),
                Optional.empty(),
                StatusList.of(1, 8, index -> 0),
                Optional.empty());

        assertThatThrownBy(() -> IdentifierListToken.verify(statuses.cwt(KEY), LIST, ANCHORS, NOW))
                .hasMessageContaining("identifierlist+cwt");
        assertThatThrownBy(() -> StatusListToken.verifyCwt(token(1).cwt(KEY), LIST, ANCHORS, NOW))
                .hasMessageContaining("statuslist+cwt");
    }

    @Test
    @DisplayName("with any byte changed it is refused, never with an exception of another kind")
    void flipped() {
        var cwt = token(7, 9, 12).cwt(KEY);
        for (var i = 0; i < cwt.length; i++) {
            var changed = cwt.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> IdentifierListToken.verify(changed, LIST, ANCHORS, NOW))
                    .isInstanceOf(StatusListException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "EdDSA"})
    @DisplayName("Multipaz reads ours: the same documents are revoked")
    void multipaz(String algorithm) throws Exception {
        var key = CA.issue("Status issuer", URI.create("https://issuer.example"), JWSAlgorithm.parse(algorithm));
        var cwt = token(7, 1_000_000).cwt(key);

        var list = MultipazLists.read(IdentifierList.Companion, cwt, CA, LIST, NOW, IdentifierList.class);
        for (var index : Set.of(7, 8, 1_000_000, 1_000_001)) {
            var id = IdentifierReference.identifier(index);
            assertThat(list.contains(new kotlinx.io.bytestring.ByteString(id, 0, id.length)))
                    .isEqualTo(index == 7 || index == 1_000_000);
        }
    }
}
