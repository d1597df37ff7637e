package dev.intaglio.drafts;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.BitstringStatusListEntry;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.Verification;
import dev.intaglio.issuer.credential.DeferralPolicy;
import dev.intaglio.issuer.spi.IssuanceRule;
import dev.intaglio.issuer.spi.IssuanceRule.Verdict;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import dev.intaglio.testing.TestIssuer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("D: a trust framework's credential endpoint, VCDM 2.0, gives participants their credential")
class TrustFrameworkTest {
    /// Who may have the credential; changes while the issuer runs, as a registry does.
    private final Set<String> partyRegistry = ConcurrentHashMap.newKeySet();

    private final IssuanceRule registered = entitlement -> partyRegistry.contains(entitlement.subject())
            ? IssuanceRule.byDefinition().judge(entitlement)
            : Verdict.forbid("not in the party registry");

    private final HouseOfDrafts house = HouseOfDrafts.of(
            "tolerant",
            options -> options.dpopNonces(false)
                    .credentialIssuerOptions(issuer -> issuer.deferralPolicy(DeferralPolicy.DEFAULT.with(registered))));
    private final FieldClient client = FieldClient.at(house);
    private final SigningKey key = SigningKey.generate(JWSAlgorithm.ES256);

    TrustFrameworkTest() {
        partyRegistry.add(TestIssuer.ERIKA);
    }

    private JsonObject token(String... configurations) {
        CredentialOffer offer = ((CredentialOfferUri.ByValue) CredentialOfferUri.read(
                        house.issuer().offer(configurations).linkByValue()))
                .offer();
        return client.redeem(offer, Map.of());
    }

    private JsonObject request(JsonObject token, Optional<String> format) {
        return JsonObject.builder()
                .putIf("format", format)
                .put(
                        "credential_definition",
                        JsonObject.builder()
                                .put("type", List.of("VerifiableCredential", "ParticipantCredential"))
                                .build())
                .put("proof", FieldClient.one(client.proof(token.string("c_nonce"), key, UnaryOperator.identity())))
                .put("transaction_id", "tracks-the-request")
                .build();
    }

    private Response ask(JsonObject token, Optional<String> format) {
        return client.ask("/credential", token, request(token, format));
    }

    private Verification.Verified verified(String format, String credential) {
        var outcome = CredentialVerifiers.onClassPath()
                .find(format)
                .orElseThrow()
                .verify(
                        credential,
                        house.issuer().anchors(),
                        house.issuer().clock().instant());
        assertThat(outcome).isInstanceOf(Verification.Verified.class);
        return (Verification.Verified) outcome;
    }

    @ParameterizedTest
    @CsvSource({
        "participant_vc_sd_jwt, vc+sd-jwt, true",
        "participant_vc_sd_jwt, vc+sd-jwt, false",
        "participant_vc_jwt, vc+jwt, true",
        "participant_vc_jwt, vc+jwt, false"
    })
    @DisplayName(
            "the type alone names the credential: with a format it is that one, without it the one the token is for")
    void credential(String configuration, String format, boolean named) {
        var token = token(configuration);
        var answer = FieldClient.success(ask(token, named ? Optional.of(format) : Optional.empty()));

        assertThat(answer.string("format")).isEqualTo(format);
        assertThat(answer.has("c_nonce")).isTrue();
        assertThat(answer.has("c_nonce_expires_in")).isTrue();
        var verified = verified(format, answer.string("credential"));
        assertThat(verified.claims().strings("@context").getFirst()).isEqualTo("https://www.w3.org/ns/credentials/v2");
        assertThat(verified.claims().strings("type")).containsExactly("VerifiableCredential", "ParticipantCredential");
        assertThat(verified.claims().object("credentialSubject").string("partyId"))
                .isEqualTo("did:ishare:EU.NL.NTRNL-10000001");
        assertThat(verified.holderKey().map(DpopProof::thumbprint)).contains(DpopProof.thumbprint(key.publicJwk()));
    }

    @Test
    @DisplayName("without a format, of several that the token is for, it is the first the issuer has of the type")
    void defaultOfSeveral() {
        var token = token("participant_vc_jwt", "participant_vc_sd_jwt");

        assertThat(FieldClient.success(ask(token, Optional.empty())).string("format"))
                .isEqualTo("vc+sd-jwt");
    }

    @Test
    @DisplayName("the credential names its schema, which requires a status, and has one that follows a revocation")
    void schemaAndStatus() {
        var answer = FieldClient.success(ask(token("participant_vc_jwt"), Optional.of("vc+jwt")));
        var verified = verified("vc+jwt", answer.string("credential"));

        var schema = verified.claims().object("credentialSchema");
        assertThat(schema.string("type")).isEqualTo("JsonSchema");
        var served = client.get(URI.create(schema.string("id")).getPath());
        assertThat(served.strings("required")).contains("credentialStatus");
        assertThat(verified.claims().members())
                .containsKeys(served.strings("required").toArray(String[]::new));

        var revocation = verified.status().orElseThrow().entries().stream()
                .filter(entry -> entry.purpose().equals("revocation"))
                .findFirst()
                .orElseThrow();
        assertThat(verified.claims().objects("credentialStatus"))
                .allSatisfy(entry -> assertThat(entry.string("type")).isEqualTo(BitstringStatusListEntry.TYPE));
        var list = house.handler().handle(Request.get(revocation.credential()));
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.header("Content-Type").orElseThrow()).startsWith("application/vc");
    }

    @Test
    @DisplayName("a party that is not registered is refused, and gets it with the same token once it is")
    void partyRegistry() {
        partyRegistry.clear();
        var token = token("participant_vc_sd_jwt");
        var refused = ask(token, Optional.of("vc+sd-jwt"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.bodyObject().string("error")).isEqualTo("access_denied");
        assertThat(refused.bodyText()).doesNotContain("registry");

        partyRegistry.add(TestIssuer.ERIKA);
        assertThat(ask(token, Optional.of("vc+sd-jwt")).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("a type that the token is not for is refused")
    void notEntitled() {
        assertThat(ask(token(TestIssuer.EMPLOYEE), Optional.of("vc+sd-jwt")).status())
                .isEqualTo(403);
    }
}
