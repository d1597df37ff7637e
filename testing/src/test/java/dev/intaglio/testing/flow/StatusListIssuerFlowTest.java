package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.issuer.status.CredentialStatuses.Order;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.issuer.store.StatusVerb;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.statuslist.Standing;
import dev.intaglio.statuslist.StatusReader;
import dev.intaglio.testing.TestIssuer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An issuer whose key changes, with credentials of both keys about.
@DisplayName("Bitstring Status List §3: a list is by the issuer that the credentials name")
class StatusListIssuerFlowTest {
    private static final String CONTEXTS =
            "[\"https://www.w3.org/ns/credentials/v2\"," + " \"https://www.w3.org/ns/credentials/undefined-terms/v2\"]";

    private final SigningKey first = SigningKey.generate(JWSAlgorithm.ES256);
    private final SigningKey second = SigningKey.generate(JWSAlgorithm.ES256);
    private final AtomicReference<List<SigningKey>> keys = new AtomicReference<>(List.of(first));

    private final class Changing implements KeyRing {
        private final KeyRing others;

        private Changing(KeyRing others) {
            this.others = others;
        }

        @Override
        public SigningKey current(KeyUse use) {
            return published(use).getFirst();
        }

        @Override
        public List<SigningKey> published(KeyUse use) {
            return use == KeyUse.CREDENTIAL ? keys.get() : others.published(use);
        }
    }

    private TestIssuer issuer(String format, String way) {
        var definition = CredentialDefinition.read(
                """
                id: badge
                display: [{locale: en, name: Badge}]
                claims: [{path: [given_name]}]
                status: {mechanisms: [bitstring-status-list], purposes: [revocation]}
                formats:
                  %s:
                    configuration_id: badge
                    credential_definition: {"@context": %s, type: [VerifiableCredential, Badge]}
                %s
                """.formatted(format, CONTEXTS, way.isEmpty() ? "" : "    issuer_key: \"" + way + "\""), "badge.yaml");
        return TestIssuer.builder()
                .keys(Changing::new)
                .definitions(List.of(definition))
                .datasets(entitlement -> Lookup.ready(new CredentialDataset(
                        JsonObject.builder().put("given_name", "Erika").build())))
                .build();
    }

    private static Object issue(TestIssuer issuer) {
        var wallet = issuer.wallet();
        var token = wallet.redeem(issuer.offer("badge").offer()).token();
        return wallet.request(token, "badge").credentials().getFirst();
    }

    /// Believes the one key that signed the credential, and nobody else.
    private static Verified verified(TestIssuer issuer, Object credential, SigningKey signer) {
        var verified = CredentialVerifiers.onClassPath()
                .verify(
                        credential,
                        believing(signer.publicJwk()),
                        issuer.clock().instant());
        assertThat(verified).isInstanceOf(Verified.class);
        return (Verified) verified;
    }

    private static TrustAnchors believing(JWK key) {
        return TrustAnchors.none().with(List.of(key));
    }

    private static Standing standing(TestIssuer issuer, Verified credential, TrustAnchors anchors) {
        return new StatusReader(issuer.handler(), anchors, CredentialVerifiers.onClassPath(), issuer.clock())
                .read(credential);
    }

    private static String issuerOfList(TestIssuer issuer, Verified credential) {
        var uri = credential.status().orElseThrow().entries().getFirst().credential();
        var list = issuer.handler().handle(Request.get(uri));
        assertThat(list.status()).as(uri.toString()).isEqualTo(200);
        var document = list.mediaType().equals("application/vc+jwt")
                ? SignedJwt.parse(list.bodyText().strip()).claims()
                : list.bodyObject();
        return document.string("issuer");
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource({"vc+jwt,did:key", "vc+jwt,did:jwk", "ldp_vc,''", "ldp_vc,did:jwk"})
    @DisplayName("and where that is a key, it verifies by this key after the issuer has taken another")
    void byKey(String format, String way) {
        var issuer = issuer(format, way);
        var before = verified(issuer, issue(issuer), first);
        assertThat(standing(issuer, before, TrustAnchors.none())).isEqualTo(new Standing.Valid());
        keys.set(List.of(second, first));
        var after = verified(issuer, issue(issuer), second);

        for (var credential : List.of(before, after)) {
            assertThat(issuerOfList(issuer, credential))
                    .isEqualTo(credential.claims().string("issuer"));
            assertThat(standing(issuer, credential, TrustAnchors.none())).isEqualTo(new Standing.Valid());
        }
        issuer.credentialIssuer()
                .statuses()
                .change(Order.of(StatusVerb.REVOKE, StatusSelector.ofSubject(TestIssuer.ERIKA), "", "a test"));
        for (var credential : List.of(before, after)) {
            assertThat(standing(issuer, credential, TrustAnchors.none())).isEqualTo(new Standing.Revoked());
        }
        assertThat(before.claims().string("issuer")).isNotEqualTo(after.claims().string("issuer"));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource({
        "vc+jwt,did:web,did:web:issuer.example",
        "ldp_vc,did:web,did:web:issuer.example",
        "vc+jwt,jwks,https://issuer.example",
        "vc+jwt,'',https://issuer.example"
    })
    @DisplayName("and where that has keys, it is by the one that signs now, for credentials of either")
    void byName(String format, String way, String name) {
        var issuer = issuer(format, way);
        var before = verified(issuer, issue(issuer), first);
        keys.set(List.of(second, first));
        issuer.credentialIssuer().statuses().catchUp();
        var after = verified(issuer, issue(issuer), second);
        issuer.credentialIssuer()
                .statuses()
                .change(Order.of(StatusVerb.REVOKE, StatusSelector.ofSubject(TestIssuer.ERIKA), "", "a test"));
        for (var credential : List.of(before, after)) {
            assertThat(issuerOfList(issuer, credential)).isEqualTo(name);
            assertThat(standing(issuer, credential, believing(second.publicJwk())))
                    .isEqualTo(new Standing.Revoked());
        }
    }
}
