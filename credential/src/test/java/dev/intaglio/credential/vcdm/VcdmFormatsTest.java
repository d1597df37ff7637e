package dev.intaglio.credential.vcdm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import dev.intaglio.credential.BitstringStatusListEntry;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormat;
import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.CredentialVerifier;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.credential.Verification.Rejected;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.credential.sdjwtvc.SdJwt;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimsPath;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("W3C Verifiable Credentials as JWT")
class VcdmFormatsTest {
    private static final Instant NOW = Instant.parse("2026-11-17T13:45:12Z");
    private static final URI ISSUER = URI.create("https://issuer.example.com/tenant");
    private static final DevelopmentCa CA =
            DevelopmentCa.create("Test", Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom());
    private static final SigningKey KEY = CA.issue("Issuer", ISSUER, JWSAlgorithm.ES256);
    private static final TrustAnchors ANCHORS = TrustAnchors.of(List.of(CA.anchor()));
    private static final SigningKey WALLET = SigningKey.generate(JWSAlgorithm.ES256);
    private static final JsonObject CLAIMS = JsonObject.of(Map.of(
            "given_name",
            "Amélie",
            "degree",
            Map.of("name", "Physics", "level", 7L),
            "nicknames",
            List.of("Am", "Mimi")));

    private static final CredentialDefinition DEGREE = CredentialDefinition.read("""
            id: degree
            display: [{locale: en, name: Degree}]
            validity: P1Y
            claims:
              - {path: [given_name], mandatory: true}
              - {path: [degree], mandatory: true, sd: never}
              - {path: [degree, name], mandatory: true, sd: never}
              - {path: [degree, level], sd: always}
              - {path: [nicknames]}
              - {path: [nicknames, null]}
            formats:
              jwt_vc_json: {credential_definition: {type: [VerifiableCredential, Degree]}}
              jwt_vc_json-ld:
                credential_definition:
                  "@context": ["https://www.w3.org/2018/credentials/v1", "https://issuer.example.com/degree/v1"]
                  type: [VerifiableCredential, Degree]
              vc+jwt:
                credential_definition: {type: [VerifiableCredential, Degree]}
                credential_schema: {id: "https://issuer.example.com/degree.json", type: JsonSchema}
              vc+sd-jwt: {credential_definition: {type: [VerifiableCredential, Degree]}}
            """, "degree.yaml");

    private final SecureRandom random = new SecureRandom();
    private final Map<String, CredentialFormat> formats = Map.of(
            "jwt_vc_json", JwtVcFormat.jwtVcJson(random),
            "jwt_vc_json-ld", JwtVcFormat.jwtVcJsonLd(random),
            "vc+jwt", JwtVcFormat.vcJwt(random),
            "vc+sd-jwt", new VcSdJwtFormat(random));

    private String issue(String format) {
        return issue(format, new HolderKey(WALLET.publicJwk()), KEY, Optional.empty());
    }

    private String issue(String format, HolderKey holder, SigningKey key, Optional<CredentialStatus> status) {
        var configuration = DEGREE.configurations().stream()
                .filter(one -> one.format().equals(format))
                .findFirst()
                .orElseThrow();
        return (String) Objects.requireNonNull(formats.get(format))
                .issue(new Issuance(
                        DEGREE,
                        configuration,
                        new CredentialDataset(CLAIMS),
                        Optional.of(holder),
                        status,
                        key,
                        ISSUER,
                        NOW));
    }

    private static CredentialVerifier verifier(String format) {
        return List.of(new JwtVcVerifier(), new VcSdJwtVerifier()).stream()
                .filter(one -> one.reads(format))
                .findFirst()
                .orElseThrow();
    }

    private static Verified verified(String format, Object credential) {
        var outcome = verifier(format).verify(credential, ANCHORS, NOW);
        assertThat(outcome).as("%s", outcome).isInstanceOf(Verified.class);
        return (Verified) outcome;
    }

    private static JsonObject payload(String compact) {
        var jwt = compact.contains("~") ? compact.substring(0, compact.indexOf('~')) : compact;
        return SignedJwt.parse(jwt).claims();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt_vc_json", "jwt_vc_json-ld", "vc+jwt", "vc+sd-jwt"})
    void is_what_its_verifier_reads_with_all_claims_in_the_subject(String format) {
        var verified = verified(format, issue(format));

        assertThat(verified.type()).isEqualTo("Degree");
        assertThat(verified.chain()).hasSize(1);
        assertThat(verified.holderKey().orElseThrow().getRequiredParams())
                .isEqualTo(WALLET.publicJwk().getRequiredParams());
        assertThat(verified.expires()).contains(KEY.window().until());
        var subject = verified.claims().object("credentialSubject");
        assertThat(subject.string("id")).startsWith("did:jwk:");
        assertThat(subject.without("id")).isEqualTo(CLAIMS);
        assertThat(verified.claims().string("issuer")).isEqualTo(ISSUER.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt_vc_json", "jwt_vc_json-ld"})
    void of_data_model_1_1_stands_in_the_claim_vc_beside_the_registered_claims(String format) {
        var compact = issue(format);
        var payload = payload(compact);
        var credential = payload.object("vc");

        assertThat(SignedJwt.parse(compact).type()).contains("JWT");
        assertThat(credential.strings("type")).containsExactly("VerifiableCredential", "Degree");
        assertThat(credential.strings("@context").getFirst()).isEqualTo("https://www.w3.org/2018/credentials/v1");
        assertThat(credential.string("issuanceDate")).isEqualTo("2026-11-17T00:00:00Z");
        assertThat(credential.string("expirationDate"))
                .isEqualTo(KEY.window().until().toString());
        assertThat(payload.string("iss")).isEqualTo(ISSUER.toString());
        assertThat(payload.string("sub"))
                .isEqualTo(credential.object("credentialSubject").string("id"));
        assertThat(payload.integer("nbf"))
                .isEqualTo(Instant.parse("2026-11-17T00:00:00Z").getEpochSecond());
        assertThat(payload.integer("exp")).isEqualTo(KEY.window().until().getEpochSecond());
    }

    @Test
    void of_data_model_2_0_is_the_claims_set_itself() {
        var compact = issue("vc+jwt");
        var jwt = SignedJwt.parse(compact);

        assertThat(jwt.type()).contains("vc+jwt");
        assertThat(jwt.header().string("cty")).isEqualTo("vc");
        assertThat(jwt.claims().has("vc")).isFalse();
        assertThat(jwt.claims().has("nbf")).isFalse();
        assertThat(jwt.claims().strings("@context")).containsExactly("https://www.w3.org/ns/credentials/v2");
        assertThat(jwt.claims().string("validFrom")).isEqualTo("2026-11-17T00:00:00Z");
        assertThat(jwt.claims().string("validUntil"))
                .isEqualTo(KEY.window().until().toString());
        assertThat(jwt.claims().object("credentialSchema").string("type")).isEqualTo("JsonSchema");
    }

    @Test
    void leaves_to_the_holder_what_the_definition_allows_and_nothing_of_the_rest() {
        var sdJwt = SdJwt.parse(issue("vc+sd-jwt"));

        assertThat(sdJwt.jwt().type()).contains("vc+sd-jwt");
        assertThat(sdJwt.process().disclosed().keySet())
                .containsExactlyInAnyOrder(
                        ClaimsPath.of("credentialSubject", "given_name"),
                        ClaimsPath.of("credentialSubject", "degree", "level"),
                        ClaimsPath.of("credentialSubject", "nicknames"),
                        ClaimsPath.read(List.of("credentialSubject", "nicknames", 0)),
                        ClaimsPath.read(List.of("credentialSubject", "nicknames", 1)));
        assertThat(sdJwt.jwt().claims().object("credentialSubject").has("given_name"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt_vc_json", "vc+jwt", "vc+sd-jwt"})
    void names_the_holder_by_the_did_their_wallet_gave(String format) {
        var key = SigningKey.generate(JWSAlgorithm.ES256).publicJwk();
        var credential =
                issue(format, new HolderKey(key, Optional.of("did:example:holder#key-1")), KEY, Optional.empty());

        assertThat(verified(format, credential)
                        .claims()
                        .object("credentialSubject")
                        .string("id"))
                .isEqualTo("did:example:holder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt_vc_json", "vc+jwt", "vc+sd-jwt"})
    void says_where_its_status_is(String format) {
        var status = CredentialStatus.of(List.of(
                new BitstringStatusListEntry(URI.create("https://issuer.example.com/status/3"), 94_567, "revocation")));
        var credential = issue(format, new HolderKey(WALLET.publicJwk()), KEY, Optional.of(status));
        var verified = verified(format, credential);

        assertThat(verified.status()).contains(status);
        var entry = verified.claims().object("credentialStatus");
        assertThat(entry.string("type")).isEqualTo("BitstringStatusListEntry");
        assertThat(entry.string("statusListIndex")).isEqualTo("94567");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt_vc_json", "vc+jwt", "vc+sd-jwt"})
    void of_an_issuer_without_certificate_is_believed_by_its_key(String format) {
        var bare = SigningKey.generate(JWSAlgorithm.ES256);
        var credential = issue(format, new HolderKey(WALLET.publicJwk()), bare, Optional.empty());
        var known = List.of(bare.publicJwk());

        assertThat(verifier(format).verify(credential, ANCHORS, NOW)).isInstanceOf(Rejected.class);
        assertThat(verifier(format).verify(credential, ANCHORS.with(known), NOW))
                .isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt_vc_json", "jwt_vc_json-ld", "vc+jwt", "vc+sd-jwt"})
    void is_refused_with_a_reason_wherever_a_bit_is_flipped(String format) {
        var original = issue(format);
        var bytes = original.getBytes(StandardCharsets.ISO_8859_1);
        var flips = new Random(4711);
        for (var i = 0; i < 1_000; i++) {
            var flipped = bytes.clone();
            var at = flips.nextInt(flipped.length);
            flipped[at] ^= (byte) (1 << flips.nextInt(8));
            var outcome = verifier(format).verify(new String(flipped, StandardCharsets.ISO_8859_1), ANCHORS, NOW);
            assertThat(outcome).as("byte %d of %s", at, original).isInstanceOf(Rejected.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt_vc_json", "vc+jwt", "vc+sd-jwt"})
    void is_refused_before_its_time_and_after(String format) {
        var credential = issue(format);

        assertThat(reason(verifier(format).verify(credential, ANCHORS, NOW.minus(Duration.ofDays(1)))))
                .isIn(Reason.NOT_YET_VALID, Reason.UNTRUSTED_ISSUER); // the certificate is not valid then either
        assertThat(reason(verifier(format).verify(credential, ANCHORS, NOW.plus(Duration.ofDays(367)))))
                .isIn(Reason.EXPIRED, Reason.UNTRUSTED_ISSUER);
    }

    private static Reason reason(Verification outcome) {
        assertThat(outcome).isInstanceOf(Rejected.class);
        return ((Rejected) outcome).reason();
    }

    @Test
    void is_refused_if_the_jwt_says_something_else_than_the_credential() {
        var header = SignedJwt.parse(issue("jwt_vc_json")).header();
        var payload = payload(issue("jwt_vc_json"));
        var exp = payload.integer("exp");

        for (var changed : List.of(
                payload.with("iss", "https://another.example"),
                payload.with("sub", "did:example:another"),
                payload.with("nbf", payload.integer("nbf") - 60),
                payload.with("exp", exp + 3600))) {
            var outcome = new JwtVcVerifier().verify(SignedJwt.sign(header, changed, KEY), ANCHORS, NOW);
            assertThat(reason(outcome)).isEqualTo(Reason.MALFORMED);
        }
        assertThat(new JwtVcVerifier().verify(SignedJwt.sign(header, payload, KEY), ANCHORS, NOW))
                .isInstanceOf(Verified.class);
    }

    @Test
    void is_refused_if_the_securing_does_not_fit_the_data_model() {
        var inClaim = SignedJwt.parse(issue("jwt_vc_json"));
        var asClaims = SignedJwt.parse(issue("vc+jwt"));
        var verifier = new JwtVcVerifier();

        for (var compact : List.of(
                SignedJwt.sign(asClaims.header(), asClaims.claims().with("vc", Map.of()), KEY),
                SignedJwt.sign(asClaims.header(), inClaim.claims().object("vc"), KEY),
                SignedJwt.sign(inClaim.header(), asClaims.claims(), KEY),
                SignedJwt.sign(inClaim.header(), inClaim.claims().with("vc", asClaims.claims()), KEY),
                SignedJwt.sign(asClaims.header().with("typ", "at+jwt"), asClaims.claims(), KEY))) {
            assertThat(reason(verifier.verify(compact, ANCHORS, NOW))).isEqualTo(Reason.TYPE);
        }
    }

    @Test
    void leaves_to_the_jwt_what_the_credential_in_it_does_not_say() {
        var jwt = SignedJwt.parse(issue("jwt_vc_json"));
        var credential = jwt.claims().object("vc");
        var leaner = credential
                .without("issuer")
                .without("issuanceDate")
                .without("expirationDate")
                .with(
                        "credentialSubject",
                        credential.object("credentialSubject").without("id"));
        var compact = SignedJwt.sign(jwt.header(), jwt.claims().with("vc", leaner), KEY);

        assertThat(verified("jwt_vc_json", compact).claims()).isEqualTo(credential);
    }

    @Test
    void of_the_standards_example_is_read() throws IOException {
        try (var stream = Objects.requireNonNull(getClass().getResourceAsStream("/vcdm/openid4vci.json"))) {
            var example = Json.readObject(stream.readAllBytes(), JsonLimits.DOCUMENT);
            var keys = JWKSet.parse(example.object("issuer_jwks").members().entrySet().stream()
                    .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
            var outcome = new JwtVcVerifier().verify(example.string("jwt_vc_json"), ANCHORS.with(keys.getKeys()), NOW);

            assertThat(outcome).as("%s", outcome).isInstanceOfSatisfying(Verified.class, verified -> {
                assertThat(verified.type()).isEqualTo("UniversityDegreeCredential");
                assertThat(verified.claims()
                                .object("credentialSubject")
                                .object("degree")
                                .string("type"))
                        .isEqualTo("BachelorDegree");
                assertThat(verified.holderKey()).isPresent();
            });
        } catch (java.text.ParseException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void tells_wallets_its_types_and_where_its_claims_are() {
        var configuration = DEGREE.configurations().stream()
                .filter(one -> one.format().equals("jwt_vc_json-ld"))
                .findFirst()
                .orElseThrow();
        var metadata = JwtVcFormat.jwtVcJsonLd(random)
                .configuration(DEGREE, configuration, List.of("ES256"), JWSAlgorithm.ES256);

        var definition = metadata.formatParameters().object("credential_definition");
        assertThat(definition.strings("type")).containsExactly("VerifiableCredential", "Degree");
        assertThat(definition.strings("@context")).hasSize(2);
        assertThat(metadata.claims().getFirst().path()).isEqualTo(ClaimsPath.of("credentialSubject", "given_name"));
        assertThat(new JwtVcVerifier().type(metadata)).isEqualTo("Degree");
    }

    @Test
    void needs_a_type_of_its_own_and_a_context_of_the_data_model() {
        var definition = "id: x\ndisplay: [{locale: en, name: X}]\nclaims: [{path: [a]}]\nformats:\n  ";
        var noType = CredentialDefinition.read(
                definition + "jwt_vc_json: {credential_definition: {type: [VerifiableCredential]}}", "x.yaml");
        var noContext = CredentialDefinition.read(
                definition
                        + "jwt_vc_json: {credential_definition: {type: [VerifiableCredential, X], \"@context\": [\"https://x.example\"]}}",
                "x.yaml");
        for (var unusable : List.of(noType, noContext)) {
            assertThatThrownBy(() -> JwtVcFormat.jwtVcJson(random)
                            .configuration(
                                    unusable,
                                    unusable.configurations().getFirst(),
                                    List.of("ES256"),
                                    JWSAlgorithm.ES256))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("credential_definition");
        }
    }
}
