package dev.intaglio.statuslist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborReader;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.statuslist.StatusListException.Problem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Token Status List §5 Status List Token")
class StatusListTokenTest {
    private static final Instant NOW = Instant.parse("2026-11-03T10:15:30Z");
    private static final URI LIST = URI.create("https://issuer.example/statuslists/1");
    private static final DevelopmentCa CA =
            DevelopmentCa.create("Authority", Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom());
    private static final SigningKey KEY =
            CA.issue("Status issuer", URI.create("https://issuer.example"), JWSAlgorithm.ES256);
    private static final TrustAnchors ANCHORS = TrustAnchors.of(List.of(CA.anchor()));

    private static StatusListToken token() {
        return new StatusListToken(
                LIST,
                NOW,
                Optional.of(NOW.plusSeconds(3_600)),
                Optional.of(Duration.ofMinutes(5)),
                StatusList.of(2, 1_024, index -> index == 700 ? 2 : 0),
                Optional.of(URI.create("https://issuer.example/statuslists")));
    }

    @Test
    @Requirement({"CI-STAT-1", "HAIP-CI-13"})
    @DisplayName("§5.1 as JWT it has typ, sub, iat, exp, ttl and the list, and x5c without the anchor")
    void jwt() {
        var jwt = SignedJwt.parse(token().jwt(KEY));
        assertThat(jwt.type()).contains("statuslist+jwt");
        assertThat(jwt.headerChain().orElseThrow()).hasSize(1);
        assertThat(jwt.claims().members().keySet())
                .containsExactlyInAnyOrder("sub", "iat", "exp", "ttl", "status_list");
        assertThat(jwt.claims().string("sub")).isEqualTo(LIST.toString());
        assertThat(jwt.claims().integer("iat")).isEqualTo(NOW.getEpochSecond());
        assertThat(jwt.claims().integer("exp")).isEqualTo(NOW.getEpochSecond() + 3_600);
        assertThat(jwt.claims().integer("ttl")).isEqualTo(300);
        assertThat(jwt.claims().object("status_list").integer("bits")).isEqualTo(2);
        assertThat(jwt.claims().object("status_list").string("aggregation_uri"))
                .isEqualTo("https://issuer.example/statuslists");

        assertThat(StatusListToken.verifyJwt(token().jwt(KEY), LIST, ANCHORS, NOW))
                .isEqualTo(token());
    }

    @Test
    @DisplayName("§5.2 as CWT it is a tagged COSE_Sign1 with the type in its protected header")
    void cwt() {
        var cwt = token().cwt(KEY);
        var item = (Cbor.Tag) CborReader.read(cwt);
        assertThat(item.number()).isEqualTo(18);
        assertThat(CborReader.read(item.content().elements(4).getFirst().bytes())
                        .members()
                        .find(16))
                .contains(Cbor.of("application/statuslist+cwt"));
        assertThat(StatusListToken.verifyCwt(cwt, LIST, ANCHORS, NOW)).isEqualTo(token());
    }

    @Test
    @DisplayName("§5.2 the example of the standard is read")
    void example() {
        var cwt = HexFormat.of().parseHex(Vectors.all().string("cwt_hex"));
        var token = StatusListToken.readCwt(cwt);
        assertThat(token.subject()).isEqualTo(URI.create("https://example.com/statuslists/1"));
        assertThat(token.issuedAt()).isEqualTo(Instant.ofEpochSecond(1_686_920_170));
        assertThat(token.expiresAt()).contains(Instant.ofEpochSecond(2_291_720_170L));
        assertThat(token.timeToLive()).contains(Duration.ofSeconds(43_200));
        assertThat(token.list()).isEqualTo(StatusList.packed(1, HexFormat.of().parseHex("b9a3")));
    }

    @Test
    @DisplayName("§5.1 the example of the standard is read")
    void exampleClaims() {
        var claims = Json.readObject("""
                {"exp":2291720170,"iat":1686920170,"status_list":{"bits":1,"lst":"eNrbuRgAAhcBXQ"},
                 "sub":"https://example.com/statuslists/1","ttl":43200}
                """.getBytes(StandardCharsets.UTF_8));
        assertThat(StatusListToken.readJwt(claims).list())
                .isEqualTo(StatusList.packed(1, HexFormat.of().parseHex("b9a3")));
    }

    @Test
    @DisplayName("§8.3 a token about another list, an expired one, or a stranger's says nothing")
    void refused() {
        var stranger = SigningKey.generate(JWSAlgorithm.ES256);
        var other = URI.create("https://issuer.example/statuslists/2");
        var later = NOW.plusSeconds(3_600);
        for (var check : List.<Runnable>of(
                () -> StatusListToken.verifyJwt(token().jwt(KEY), other, ANCHORS, NOW),
                () -> StatusListToken.verifyJwt(token().jwt(KEY), LIST, ANCHORS, later),
                () -> StatusListToken.verifyJwt(token().jwt(stranger), LIST, ANCHORS, NOW),
                () -> StatusListToken.verifyJwt(token().jwt(KEY), LIST, TrustAnchors.none(), NOW),
                () -> StatusListToken.verifyCwt(token().cwt(KEY), other, ANCHORS, NOW),
                () -> StatusListToken.verifyCwt(token().cwt(KEY), LIST, ANCHORS, later),
                () -> StatusListToken.verifyCwt(token().cwt(stranger), LIST, ANCHORS, NOW),
                () -> StatusListToken.verifyCwt(token().cwt(KEY), LIST, TrustAnchors.none(), NOW))) {
            assertThatThrownBy(check::run)
                    .isInstanceOfSatisfying(
                            StatusListException.class,
                            refused -> assertThat(refused.problem()).isEqualTo(Problem.STATUS_VERIFICATION_ERROR));
        }
    }

    @Test
    @DisplayName("a token with any bit changed says nothing")
    void anyBit() throws CertificateEncodingException {
        var cwt = token().cwt(KEY);
        // A certificate is signed by somebody else, and its own signature has more than one spelling.
        var certificate = KEY.chain().getFirst().getEncoded();
        var begin = Collections.indexOfSubList(octets(cwt), octets(certificate));
        assertThat(begin).isPositive();
        for (var at = 0; at < cwt.length; at++) {
            if (at >= begin && at < begin + certificate.length) {
                continue;
            }
            var changed = cwt.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> StatusListToken.verifyCwt(changed, LIST, ANCHORS, NOW))
                    .as("octet %d", at)
                    .isInstanceOf(StatusListException.class);
        }
        var jwt = token().jwt(KEY);
        for (var at = jwt.indexOf('.'); at < jwt.length(); at++) {
            var changed = new StringBuilder(jwt);
            changed.setCharAt(at, jwt.charAt(at) == 'A' ? 'B' : 'A');
            assertThatThrownBy(() -> StatusListToken.verifyJwt(changed.toString(), LIST, ANCHORS, NOW))
                    .as("character %d", at)
                    .isInstanceOf(StatusListException.class);
        }
    }

    private static List<Byte> octets(byte[] array) {
        return IntStream.range(0, array.length).mapToObj(at -> array[at]).toList();
    }

    @Test
    @DisplayName("a key without certificates is known by its kid")
    void withoutCertificates() {
        var bare = SigningKey.generate(JWSAlgorithm.ES256);
        var known = TrustAnchors.none().with(List.of(bare.publicJwk()));
        assertThat(StatusListToken.verifyJwt(token().jwt(bare), LIST, known, NOW))
                .isEqualTo(token());
        assertThat(StatusListToken.verifyCwt(token().cwt(bare), LIST, known, NOW))
                .isEqualTo(token());
    }
}
