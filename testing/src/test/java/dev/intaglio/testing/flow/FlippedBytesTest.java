package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.BitstringStatusListEntry;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.StatusReference;
import dev.intaglio.credential.Verification.Rejected;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.testing.AdjustableClock;
import dev.intaglio.testing.TestIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A credential of which one byte is another is refused with a reason")
class FlippedBytesTest {
    private static final int FLIPS = 1_000;
    private static final URI ISSUER = TestIssuer.IDENTIFIER;
    private static final DevelopmentCa AUTHORITY =
            DevelopmentCa.create("Test authority", AdjustableClock.at(TestIssuer.NOW), new SecureRandom());
    private static final CredentialFormats FORMATS = CredentialFormats.onClassPath(new SecureRandom());
    private static final CredentialVerifiers VERIFIERS = CredentialVerifiers.onClassPath();
    private static final String LDP_VC = "ldp_vc";
    private static final CredentialDefinition DIPLOMA = CredentialDefinitions.shipped().stream()
            .filter(definition -> definition.id().equals("diploma"))
            .findFirst()
            .orElseThrow();

    private static JsonObject erika() {
        try (var people = Objects.requireNonNull(TestIssuer.class.getResourceAsStream("people.json"))) {
            return Json.readObject(people.readAllBytes(), JsonLimits.DOCUMENT).object(TestIssuer.ERIKA);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// A credential with all it can have: claims, the holder's key, every status.
    private static Object issue(
            CredentialDefinition definition, FormatConfiguration configuration, JsonObject claims, SigningKey key) {
        var holder = new HolderKey(SigningKey.generate(JWSAlgorithm.ES256).publicJwk());
        var status = new CredentialStatus(
                Optional.of(new StatusReference(ISSUER.resolve("/status/tokens/1"), 4711)),
                Optional.empty(),
                List.of(
                        new BitstringStatusListEntry(ISSUER.resolve("/status/bits/1"), 4711, "revocation"),
                        new BitstringStatusListEntry(ISSUER.resolve("/status/bits/2"), 4712, "suspension")));
        return FORMATS.check(definition, configuration)
                .issue(new Issuance(
                        definition,
                        configuration,
                        new CredentialDataset(claims),
                        Optional.of(holder),
                        Optional.of(status),
                        key,
                        ISSUER,
                        TestIssuer.NOW));
    }

    /// The diploma is issued in every format there is; `ldp_vc` is looked at by suite.
    static Stream<Arguments> formats() {
        return DIPLOMA.configurations().stream()
                .filter(configuration -> !configuration.format().equals(LDP_VC))
                .map(configuration -> Arguments.of(configuration.format(), configuration));
    }

    @Test
    @DisplayName("the formats looked at are all there are")
    void all() {
        var looked = formats().map(arguments -> arguments.get()[0]).collect(Collectors.toSet());
        looked.add(LDP_VC);
        assertThat(looked).isEqualTo(FORMATS.identifiers());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("of the diploma, in each format")
    void formats(String format, FormatConfiguration configuration) {
        var key = FORMATS.of(configuration).keyUse() == KeyUse.DOCUMENT_SIGNER
                ? AUTHORITY.issueDocumentSigner("Test document signer", ISSUER, JWSAlgorithm.ES256)
                : AUTHORITY.issue("Test issuer", ISSUER, JWSAlgorithm.ES256);

        assertRefused(issue(DIPLOMA, configuration, erika().object("diploma"), key), key, format);
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource({
        "ecdsa-rdfc-2019, ES256",
        "ecdsa-rdfc-2019, ES384",
        "eddsa-rdfc-2022, EdDSA",
        "ecdsa-jcs-2019, ES256",
        "ecdsa-jcs-2019, ES384",
        "eddsa-jcs-2022, EdDSA",
        "ecdsa-sd-2023, ES256"
    })
    @DisplayName("of ldp_vc, by every suite of Data Integrity")
    void suites(String suite, String algorithm) {
        var definition = CredentialDefinition.read("""
                id: card
                display: [{locale: en, name: Card}]
                claims: [{path: [given_name], mandatory: true}]
                formats:
                  ldp_vc:
                    cryptosuite: %s
                    credential_definition:
                      "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"]
                      type: [VerifiableCredential, Card]
                """.formatted(suite), "card.yaml");
        var configuration = definition.configurations().getFirst();
        var key = AUTHORITY.issue("Test issuer", ISSUER, JWSAlgorithm.parse(algorithm));
        var claims = JsonObject.builder().put("given_name", "Erika").build();

        assertRefused(issue(definition, configuration, claims, key), key, suite + " by " + algorithm);
    }

    /// At a thousand places, no two of them the same as long as there are as many. What is not even text, or JSON, is none of the
    /// thousand.
    private static void assertRefused(Object credential, SigningKey key, String what) {
        var anchors = TrustAnchors.of(List.of(AUTHORITY.anchor())).with(List.of(key.publicJwk()));
        assertThat(VERIFIERS.verify(credential, anchors, TestIssuer.NOW))
                .as(what)
                .isInstanceOf(Verified.class);
        var carrier = Carrier.of(credential);
        var random = new Random(what.hashCode());
        var places = new ArrayList<Integer>();
        for (var i = 0; i < carrier.bytes().length; i++) {
            places.add(i);
        }
        Collections.shuffle(places, random);
        Set<String> reasons = new TreeSet<>();
        var judged = 0;
        for (var round = 0; judged < FLIPS; round++) {
            var at = places.get(round % places.size());
            var change = 1 + random.nextInt(255);
            var flipped = carrier.bytes().clone();
            flipped[at] ^= (byte) change;
            var changed = carrier.read(flipped);
            if (changed.isEmpty()) {
                continue;
            }
            var outcome = VERIFIERS.verify(changed.get(), anchors, TestIssuer.NOW);
            assertThat(outcome)
                    .as("%s: byte %d changed by %d of %s", what, at, change, carrier.show())
                    .isInstanceOf(Rejected.class);
            assertThat(((Rejected) outcome).detail()).isNotBlank().isNotEqualTo("null");
            reasons.add(((Rejected) outcome).reason().name());
            judged++;
        }
        assertThat(reasons).as(what).contains("SIGNATURE", "MALFORMED");
    }

    /// How a credential is bytes: those an mdoc is, those of a compact text, those of JSON.
    private sealed interface Carrier {
        byte[] bytes();

        Optional<Object> read(byte[] changed);

        default String show() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        static Carrier of(Object credential) {
            return switch (credential) {
                case JsonObject object -> new AsJson(object.bytes());
                case String text when text.contains(".") -> new AsText(text.getBytes(StandardCharsets.ISO_8859_1));
                default -> new AsCbor(Base64.getUrlDecoder().decode(credential.toString()));
            };
        }

        record AsText(byte[] bytes) implements Carrier {
            @Override
            public Optional<Object> read(byte[] changed) {
                return Optional.of(new String(changed, StandardCharsets.ISO_8859_1));
            }
        }

        record AsCbor(byte[] bytes) implements Carrier {
            @Override
            public Optional<Object> read(byte[] changed) {
                return Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(changed));
            }
        }

        record AsJson(byte[] bytes) implements Carrier {
            @Override
            public Optional<Object> read(byte[] changed) {
                try {
                    return Optional.of(Json.readObject(changed, JsonLimits.DOCUMENT));
                } catch (JsonException none) {
                    return Optional.empty();
                }
            }
        }
    }
}
