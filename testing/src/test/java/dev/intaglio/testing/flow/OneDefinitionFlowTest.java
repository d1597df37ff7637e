package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("One definition is issued in every format there is")
class OneDefinitionFlowTest {
    private final TestIssuer issuer = TestIssuer.create();

    private CredentialDefinition diploma() {
        return issuer.credentialIssuer().definitions().stream()
                .filter(definition -> definition.id().equals("diploma"))
                .findFirst()
                .orElseThrow();
    }

    /// By format, what a wallet received and a verifier that knows nothing but the trust anchors and the published keys has read.
    private Map<String, Verified> everyFormat() {
        var published = issuer.handler()
                .handle(Request.get(issuer.identifier().resolve("/.well-known/jwt-vc-issuer")))
                .bodyObject();
        var anchors = issuer.anchors()
                .with(published.object("jwks").objects("keys").stream()
                        .map(SignedJwt::publicKey)
                        .toList());
        var verifiers = CredentialVerifiers.onClassPath();
        var byFormat = new LinkedHashMap<String, Verified>();
        for (var configuration : diploma().configurations()) {
            var wallet = Wallet.builder(issuer.handler(), issuer.anchors())
                    .clock(issuer.clock())
                    .build();
            var received = ((Outcome.Received) wallet.receive(
                            wallet.resolve(issuer.offer(configuration.id()).linkByValue()), Optional.empty()))
                    .credentials()
                    .getFirst();
            var holder = received.holderKey().orElseThrow().publicJwk();
            var verified =
                    verifiers.verify(received.value(), anchors, issuer.clock().instant(), holder);
            assertThat(verified).as(configuration.id()).isInstanceOf(Verified.class);
            byFormat.put(configuration.format(), (Verified) verified);
        }
        return byFormat;
    }

    @Test
    @Requirement("CI-META-20")
    @DisplayName("the shipped diploma names all of them, and its metadata too")
    void names() {
        var every = CredentialFormats.onClassPath(new SecureRandom()).identifiers();
        assertThat(every)
                .contains("dc+sd-jwt", "mso_mdoc", "jwt_vc_json", "jwt_vc_json-ld", "ldp_vc", "vc+jwt", "vc+sd-jwt");

        assertThat(diploma().configurations())
                .extracting(FormatConfiguration::format)
                .containsExactlyInAnyOrderElementsOf(every);
        var announced = issuer.credentialIssuer().metadata().configurations();
        assertThat(diploma().configurations())
                .allSatisfy(configuration ->
                        assertThat(announced.get(configuration.id()).format()).isEqualTo(configuration.format()));
    }

    @Test
    @Requirement("CI-META-20")
    @DisplayName("a wallet gets it in each, with the same claims, a status and its own key")
    void issued() {
        var byFormat = everyFormat();
        var plain = byFormat.get("dc+sd-jwt").claims();

        assertThat(byFormat.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        CredentialFormats.onClassPath(new SecureRandom()).identifiers());
        byFormat.forEach((format, verified) -> {
            assertThat(verified.status()).as(format).isPresent();
            switch (format) {
                case "dc+sd-jwt" -> assertThat(verified.type()).isEqualTo("urn:intaglio:diploma:1");
                case "mso_mdoc" -> sameElements(verified.claims().object("dev.intaglio.diploma.1"), plain);
                default -> {
                    assertThat(verified.type()).as(format).isEqualTo("UniversityDiploma");
                    var subject = verified.claims().object("credentialSubject");
                    for (var claim : new String[] {"family_name", "birthdate", "institution", "degree", "courses"}) {
                        assertThat(subject.members().get(claim))
                                .as("%s in %s", claim, format)
                                .isEqualTo(plain.members().get(claim));
                    }
                }
            }
        });
    }

    /// An mdoc has one level of elements, so parts of the degree are elements of their own.
    private static void sameElements(JsonObject elements, JsonObject claims) {
        var degree = claims.object("degree");
        assertThat(elements.string("birth_date")).isEqualTo(claims.string("birthdate"));
        assertThat(elements.object("institution")).isEqualTo(claims.object("institution"));
        assertThat(elements.string("degree_title")).isEqualTo(degree.string("title"));
        assertThat(elements.integer("degree_level")).isEqualTo(degree.integer("level"));
        assertThat(elements.string("degree_awarded_on")).isEqualTo(degree.string("awarded_on"));
        assertThat(elements.objects("courses")).isEqualTo(claims.objects("courses"));
    }
}
