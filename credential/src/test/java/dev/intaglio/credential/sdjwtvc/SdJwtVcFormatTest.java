package dev.intaglio.credential.sdjwtvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.DatasetException;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.MissingClaimException;
import dev.intaglio.credential.StatusReference;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Issuing dc+sd-jwt")
class SdJwtVcFormatTest {
    static final URI ISSUER = URI.create("https://issuer.example.com/tenant");
    static final Instant NOW = Instant.parse("2026-11-17T13:45:12Z");

    private final SigningKey key = SigningKey.generate(JWSAlgorithm.ES256);
    private final HolderKey holder =
            new HolderKey(SigningKey.generate(JWSAlgorithm.ES256).publicJwk());
    private final SdJwtVcFormat format = new SdJwtVcFormat(new SecureRandom());

    static CredentialDefinition definition(String id) {
        return CredentialDefinitions.shipped().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static JsonObject claimsOf(String person, String definition) {
        try (var stream = Objects.requireNonNull(
                CredentialDefinition.class.getResourceAsStream("/intaglio/sample-people.json"))) {
            return Json.readObject(stream.readAllBytes(), JsonLimits.DOCUMENT)
                    .object(person)
                    .object(definition);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Issuance issuance(CredentialDefinition definition, JsonObject claims) {
        return new Issuance(
                definition,
                definition.configurations().getFirst(),
                new CredentialDataset(claims),
                definition.binding() ? Optional.of(holder) : Optional.empty(),
                Optional.empty(),
                key,
                ISSUER,
                NOW);
    }

    private SdJwt issue(String definition, JsonObject claims) {
        return SdJwt.parse(format.issue(issuance(definition(definition), claims)));
    }

    private SdJwt issueErika() {
        return issue("pid", claimsOf("erika", "pid"));
    }

    private static CredentialDefinition card(String claims, String vct) {
        return CredentialDefinition.read("""
                id: card
                display: [{locale: en, name: Card}]
                claims: %s
                formats: {dc+sd-jwt: {vct: "%s"}}
                """.formatted(claims, vct), "card.yaml");
    }

    @Nested
    @DisplayName("Issuer metadata")
    class Metadata {
        @Test
        @Requirement({"CI-META-20", "CI-META-23", "CI-META-24", "CI-META-25", "CI-META-26", "CI-META-29", "HAIP-CI-2"})
        @DisplayName("says format, vct, scope, algorithms, binding, display and claims")
        void configuration() {
            var pid = definition("pid");
            var json = format.configuration(
                            pid, pid.configurations().getFirst(), List.of("ES256", "ES384"), JWSAlgorithm.ES256)
                    .write();

            assertThat(json.string("format")).isEqualTo("dc+sd-jwt");
            assertThat(json.string("vct")).isEqualTo("urn:eudi:pid:1");
            assertThat(json.string("scope")).isEqualTo("eu.europa.ec.eudi.pid_vc_sd_jwt");
            assertThat(json.strings("credential_signing_alg_values_supported")).containsExactly("ES256");
            assertThat(json.strings("cryptographic_binding_methods_supported")).startsWith("jwk");
            assertThat(json.object("proof_types_supported").object("jwt").strings("proof_signing_alg_values_supported"))
                    .containsExactly("ES256", "ES384");
            var metadata = json.object("credential_metadata");
            assertThat(metadata.objects("display"))
                    .extracting(one -> one.string("locale"))
                    .contains("en", "de", "fr");
            assertThat(metadata.objects("claims")).hasSize(pid.claims().all().size());
        }

        @Test
        @DisplayName("says nothing of proofs where credentials are not bound")
        void unbound() {
            var card = CredentialDefinition.read("""
                    {"id": "card", "binding": false, "display": [{"locale": "en", "name": "Card"}],
                     "claims": [{"path": "a"}], "formats": {"dc+sd-jwt": {"vct": "urn:card"}}}
                    """, "card.json");
            var json = format.configuration(card, card.configurations().getFirst(), List.of(), JWSAlgorithm.ES256)
                    .write();

            assertThat(json.members())
                    .doesNotContainKeys("cryptographic_binding_methods_supported", "proof_types_supported");
        }
    }

    @Nested
    @DisplayName("SD-JWT VC §3.2")
    class Structure {
        @Test
        @Requirement("HAIP-CI-9")
        @DisplayName("typ is dc+sd-jwt, and without a chain the key is named by kid")
        void header() {
            var jwt = issueErika().jwt();

            assertThat(jwt.header().members())
                    .containsOnly(
                            Map.entry("alg", "ES256"),
                            Map.entry("typ", "dc+sd-jwt"),
                            Map.entry("kid", key.publicJwk().getKeyID()));
            assertThat(jwt.verifies(key.publicJwk())).isTrue();
        }

        @Test
        @DisplayName("iss, vct, nbf, exp and cnf are in the clear and in no disclosure")
        void clear() {
            var sdJwt = issueErika();

            assertThat(sdJwt.jwt().claims().string("iss")).isEqualTo(ISSUER.toString());
            assertThat(sdJwt.jwt().claims().string("vct")).isEqualTo("urn:eudi:pid:1");
            assertThat(sdJwt.jwt().claims().members().keySet())
                    .containsExactlyInAnyOrder("iss", "iat", "nbf", "exp", "vct", "cnf", "_sd", "_sd_alg");
            var never = List.of("iss", "nbf", "exp", "vct", "cnf");
            assertThat(sdJwt.disclosures())
                    .noneMatch(one -> one.name().filter(never::contains).isPresent());
        }

        @Test
        @Requirement("HAIP-CI-11")
        @DisplayName("cnf.jwk is the holder's key and nothing beside it")
        void confirmation() {
            var full = (ECKey) holder.jwk();
            var wordy = new ECKey.Builder(full)
                    .keyID("tracking")
                    .x509CertSHA256Thumbprint(Base64URL.encode("x"))
                    .build();
            var issuance = issuance(definition("pid"), claimsOf("max", "pid"));
            var credential = SdJwt.parse(format.issue(new Issuance(
                    issuance.definition(),
                    issuance.configuration(),
                    issuance.dataset(),
                    Optional.of(new HolderKey(wordy)),
                    Optional.empty(),
                    key,
                    ISSUER,
                    NOW)));

            assertThat(credential.jwt().claims().object("cnf").object("jwk").members())
                    .containsOnly(
                            Map.entry("kty", "EC"), Map.entry("crv", "P-256"),
                            Map.entry("x", full.getX().toString()),
                                    Map.entry("y", full.getY().toString()));
        }

        @Test
        @Requirement("HAIP-CI-12")
        @DisplayName("status is a status_list with index and URI")
        void status() {
            var issuance = issuance(definition("pid"), claimsOf("max", "pid"));
            var reference = new StatusReference(URI.create("https://issuer.example.com/status/7"), 4711);
            var credential = SdJwt.parse(format.issue(new Issuance(
                    issuance.definition(),
                    issuance.configuration(),
                    issuance.dataset(),
                    issuance.holderKey(),
                    Optional.of(CredentialStatus.of(reference)),
                    key,
                    ISSUER,
                    NOW)));

            assertThat(credential
                            .jwt()
                            .claims()
                            .object("status")
                            .object("status_list")
                            .members())
                    .containsOnly(Map.entry("idx", 4711L), Map.entry("uri", "https://issuer.example.com/status/7"));
        }

        @Test
        @Requirement({"CI-PRIV-1", "HAIP-CI-10"})
        @DisplayName("all times are rounded to the day")
        void times() {
            var claims = issueErika().jwt().claims();

            for (var time : List.of("iat", "nbf", "exp")) {
                assertThat(claims.integer(time) % 86_400).as(time).isZero();
            }
            assertThat(claims.integer("nbf")).isLessThanOrEqualTo(NOW.getEpochSecond());
            assertThat(claims.integer("exp"))
                    .isGreaterThanOrEqualTo(NOW.plusSeconds(14 * 86_400).getEpochSecond());
        }

        @Test
        @DisplayName("without anything to keep back there is no _sd, and still a ~ at the end")
        void nothingSelective() {
            var credential = format.issue(issuance(
                    card("[{path: a, sd: never}]", "urn:card"),
                    JsonObject.builder().put("a", 1L).build()));

            assertThat(credential).endsWith("~").matches("[^~]*~");
            assertThat(SdJwt.parse(credential).jwt().claims().members())
                    .doesNotContainKeys("_sd", "_sd_alg")
                    .containsEntry("a", 1L);
        }

        @Test
        @DisplayName("vct#integrity is there if we serve the type, and is that of the bytes we serve")
        void integrity() {
            var served = card("[{path: a}]", "https://issuer.example.com/types/card");
            var claims = SdJwt.parse(format.issue(issuance(served, JsonObject.empty())))
                    .jwt()
                    .claims();

            assertThat(claims.string("vct#integrity"))
                    .isEqualTo(TypeMetadata.of(served, served.configurations().getFirst())
                            .integrity())
                    .startsWith("sha256-");
            for (var vct : List.of(
                    "urn:card", "https://elsewhere.example.com/card", "http://issuer.example.com/card", "not a uri")) {
                var elsewhere = SdJwt.parse(format.issue(issuance(card("[{path: a}]", vct), JsonObject.empty())));
                assertThat(elsewhere.jwt().claims().has("vct#integrity"))
                        .as(vct)
                        .isFalse();
            }
        }

        @Test
        @DisplayName("an older draft's name is both format and typ")
        void legacy() {
            var legacy = new SdJwtVcFormat(new SecureRandom(), "vc+sd-jwt");

            assertThat(legacy.identifier()).isEqualTo("vc+sd-jwt");
            assertThat(SdJwt.parse(legacy.issue(issuance(definition("pid"), claimsOf("max", "pid"))))
                            .jwt()
                            .type())
                    .contains("vc+sd-jwt");
            assertThatThrownBy(() -> new SdJwtVcFormat(new SecureRandom(), "jwt"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    @DisplayName("RFC 9901 §4.2 Disclosures")
    class Disclosing {
        @Test
        @Requirement("CI-PRIV-4")
        @DisplayName("are made at every depth the definition names")
        void depth() {
            var disclosed = issue("diploma", claimsOf("erika", "diploma"))
                    .process()
                    .disclosed()
                    .keySet();

            assertThat(disclosed.stream().map(Object::toString))
                    .contains(
                            "family_name",
                            "degree.awarded_on",
                            "degree.thesis",
                            "degree.thesis.title",
                            "courses[0]",
                            "courses[2]")
                    .doesNotContain("institution", "degree", "courses", "courses[0].title");
            assertThat(disclosed.stream().map(Object::toString)).contains("courses[1].grade");
        }

        @Test
        @DisplayName("hide the order of claims: digests are sorted")
        void sorted() {
            assertThat(issueErika().jwt().claims().strings("_sd")).isSorted().hasSizeGreaterThan(15);
        }

        @Test
        @Requirement("CI-PRIV-2")
        @DisplayName("of two credentials with the same claims have no salt and no digest in common")
        void unlinkable() {
            var one = issue("diploma", claimsOf("erika", "diploma"));
            var other = issue("diploma", claimsOf("erika", "diploma"));

            var salts = new HashSet<String>();
            one.disclosures()
                    .forEach(disclosure ->
                            assertThat(salts.add(disclosure.salt())).isTrue());
            other.disclosures()
                    .forEach(disclosure ->
                            assertThat(salts.add(disclosure.salt())).isTrue());
            assertThat(salts)
                    .allSatisfy(salt -> assertThat(new Base64URL(salt).decode()).hasSize(16));
            assertThat(one.jwt().claims().strings("_sd"))
                    .doesNotContainAnyElementsOf(other.jwt().claims().strings("_sd"));
        }

        @Test
        @DisplayName(
                "have decoys among their digests, never always the same number, never more than the definition says")
        void decoys() {
            var numbers = new HashSet<Integer>();
            var real = 4; // family_name, given_name, birthdate, student_number
            for (var i = 0; i < 100; i++) {
                var sdJwt = issue("diploma", claimsOf("giovanna", "diploma"));
                numbers.add(sdJwt.jwt().claims().strings("_sd").size() - real);
                assertThat(sdJwt.process().claims().objects("courses"))
                        .extracting(course -> course.string("code"))
                        .containsExactly("BIO-310", "BIO-344");
            }
            assertThat(numbers).containsExactlyInAnyOrder(0, 1, 2, 3);
        }

        @Test
        @DisplayName("of a random dataset give that dataset, without what the definition does not describe")
        void roundTrip() {
            var random = new Random(20_261_117);
            var verifier = new SdJwtVcVerifier(new JWKSet(key.publicJwk()));
            for (var i = 0; i < 400; i++) {
                var sample = RandomCredentials.next(random);
                var verification = verifier.verify(
                        format.issue(issuance(sample.definition(), sample.dataset())), TrustAnchors.none(), NOW);

                assertThat(verification).as("round " + i).isInstanceOf(Verified.class);
                var claims = ((Verified) verification).claims();
                for (var own : List.of("iss", "iat", "nbf", "exp", "vct", "cnf")) {
                    claims = claims.without(own);
                }
                assertThat(claims).as("round " + i).isEqualTo(sample.expected());
            }
        }

        @Test
        @DisplayName("are made for what the definition leaves whole, as a whole")
        void whole() {
            var address =
                    JsonObject.builder().put("a", List.of(1L, Map.of("b", "c"))).build();
            var dataset = JsonObject.builder().put("address", address).build();
            var sdJwt = SdJwt.parse(format.issue(issuance(card("[{path: address}]", "urn:card"), dataset)));

            assertThat(sdJwt.disclosures())
                    .singleElement()
                    .extracting(Disclosure::value)
                    .isEqualTo(address.members());
        }
    }

    @Nested
    @DisplayName("A dataset")
    class Dataset {
        @Test
        @DisplayName("without a mandatory claim is refused, naming the claim and no value")
        void missing() {
            assertThatThrownBy(() -> issue("pid", claimsOf("erika", "pid").without("birthdate")))
                    .isInstanceOf(MissingClaimException.class)
                    .hasMessage("the dataset has no birthdate, which is mandatory")
                    .extracting(
                            thrown -> ((MissingClaimException) thrown).path().toString())
                    .isEqualTo("birthdate");
            assertThatThrownBy(() ->
                            issue("pid", claimsOf("erika", "pid").with("place_of_birth", Map.of("moon", "Io"))))
                    .hasMessage("the dataset has no place_of_birth, which is mandatory");
            assertThatThrownBy(() ->
                            issue("diploma", claimsOf("erika", "diploma").with("degree", Map.of("title", "MSc"))))
                    .hasMessage("the dataset has no degree.field, which is mandatory");
            assertThatThrownBy(() -> issue(
                            "diploma", claimsOf("erika", "diploma").with("courses", List.of(Map.of("code", "X")))))
                    .hasMessage("the dataset has no courses[*].title, which is mandatory");
        }

        @ParameterizedTest
        @CsvSource({"address, an object", "nationalities, an array"})
        @DisplayName("with a claim of another shape is refused, naming the claim and no value")
        void mismatch(String claim, String expected) {
            assertThatThrownBy(() -> issue("pid", claimsOf("erika", "pid").with(claim, "secret")))
                    .isInstanceOf(DatasetException.class)
                    .hasMessage("the dataset's " + claim + " is not " + expected + ", which the definition says it is");
        }

        @Test
        @DisplayName("whose values look like digests is refused")
        void wordsOfTheContainer() {
            for (var word : List.of("_sd", "_sd_alg", "...")) {
                assertThatThrownBy(() ->
                                issue("pid", claimsOf("erika", "pid").with("email", List.of(Map.of(word, "x")))))
                        .isInstanceOf(DatasetException.class)
                        .hasMessageContaining("the dataset's email has a member called");
            }
        }

        @Test
        @DisplayName("needs a holder key if the type is bound")
        void noHolder() {
            assertThatThrownBy(() -> new Issuance(
                            definition("pid"),
                            definition("pid").configurations().getFirst(),
                            new CredentialDataset(JsonObject.empty()),
                            Optional.empty(),
                            Optional.empty(),
                            key,
                            ISSUER,
                            NOW))
                    .hasMessageContaining("bound to a key");
        }

        @Test
        @DisplayName("does not show its claims by toString, nor does what holds it")
        void quiet() {
            assertThat(issuance(definition("pid"), claimsOf("erika", "pid")).toString())
                    .doesNotContain("Sandmann", "1986", "family_name=");
        }
    }
}
