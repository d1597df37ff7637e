package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier;
import dev.intaglio.issuer.source.FileDatasets;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("§8.3 Credential Response")
class CredentialResponseFlowTest {
    private final TestIssuer issuer = TestIssuer.create();
    private final TestWallet wallet = issuer.wallet();

    @Nested
    @DisplayName("the message")
    class Message {
        @Test
        @Requirement({"CI-RESP-1", "CI-RESP-3", "CI-RESP-6", "CI-SEC-5"})
        @DisplayName("is 200 JSON that nobody caches, with credentials as objects and nothing of deferral")
        void shape() {
            var response = wallet.request(
                            wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token(), TestIssuer.PID)
                    .send();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Content-Type")).contains("application/json");
            assertThat(response.header("Cache-Control")).contains("no-store");
            assertThat(response.bodyObject().members()).containsOnlyKeys("credentials", "notification_id");
            assertThat(response.bodyObject().objects("credentials"))
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(one.members()).containsOnlyKeys("credential");
                        assertThat(one.string("credential")).contains("~");
                    });
        }

        @Test
        @Requirement({"CI-RESP-5", "CI-CRED-13", "CI-PRIV-4"})
        @DisplayName(
                "holds an SD-JWT as it was made: verified by the issuer's certificate, about the right person, of the announced type")
        void credential() {
            for (var id : List.of(TestIssuer.PID, TestIssuer.DIPLOMA, TestIssuer.EMPLOYEE)) {
                var credential = wallet.request(
                                wallet.redeem(issuer.offer(id).offer()).token(), id)
                        .credential();
                var verified = verified(credential);
                var announced =
                        issuer.credentialIssuer().metadata().configurations().get(id);
                assertThat(verified.format()).isEqualTo(announced.format());
                assertThat(verified.type())
                        .isEqualTo(announced.formatParameters().string("vct"));
                assertThat(verified.claims().string("iss")).isEqualTo("https://issuer.example");
                assertThat(verified.claims().string("family_name")).isEqualTo("Mustermann");
                assertThat(credential).doesNotContain("Mustermann");
            }
        }

        @Test
        @DisplayName("is believed by nobody who does not trust the authority")
        void untrusted() {
            var credential = wallet.request(
                            wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token(), TestIssuer.PID)
                    .credential();
            assertThat(new SdJwtVcVerifier().verify(credential, TrustAnchors.none(), TestIssuer.NOW))
                    .isInstanceOf(Verification.Rejected.class);
        }
    }

    @Nested
    @DisplayName("§15 privacy")
    class Privacy {
        @Test
        @Requirement("CI-PRIV-1")
        @DisplayName("the times in credentials are rounded to the day, and the same for all that are issued on it")
        void rounded() {
            var times = new ArrayList<List<Long>>();
            for (var i = 0; i < 3; i++) {
                issuer.clock().advance(Duration.ofMinutes(97));
                var token = wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token();
                for (var credential : wallet.request(token, TestIssuer.PID)
                        .proofs(wallet.keyProofs(2))
                        .credentials()) {
                    var claims = SignedJwt.parse(((String) credential).substring(0, ((String) credential).indexOf('~')))
                            .claims();
                    times.add(List.of(claims.integer("iat"), claims.integer("nbf"), claims.integer("exp")));
                }
            }
            assertThat(times).hasSize(6).containsOnly(times.getFirst());
            assertThat(times.getFirst()).allMatch(time -> time % 86_400 == 0);
        }

        @Test
        @Requirement("CI-PRIV-3")
        @DisplayName("what is remembered of an issuance holds no claim, no credential and no key")
        void remembered() {
            wallet.request(wallet.redeem(issuer.offer(TestIssuer.PID).offer()).token(), TestIssuer.PID)
                    .credential();
            assertThat(issuer.stores().issued()).singleElement().satisfies(record -> {
                assertThat(record.subject()).isEqualTo(TestIssuer.ERIKA);
                assertThat(record.configurationId()).isEqualTo(TestIssuer.PID);
                assertThat(record.credentials()).isEqualTo(1);
                assertThat(record.issuedAt()).isEqualTo(TestIssuer.NOW);
                // Each of these was looked at; a new one wants to be.
                assertThat(record.getClass().getRecordComponents())
                        .extracting(RecordComponent::getName)
                        .containsExactly(
                                "id",
                                "authorizationId",
                                "configurationId",
                                "subject",
                                "credentials",
                                "issuedAt",
                                "signed",
                                "logged",
                                "status",
                                "origin");
                assertThat(record.origin().write().members()).containsOnlyKeys("offer");
            });
        }
    }

    @Nested
    @DisplayName("without key binding")
    class Unbound {
        private static final String TICKET = """
                id: ticket
                display: [{locale: en, name: Ticket}]
                claims: [{path: [seat], mandatory: true, display: {en: Seat}}]
                formats: {dc+sd-jwt: {configuration_id: ticket, vct: "urn:example:ticket"}}
                validity: P1D
                binding: false
                """;

        private final TestIssuer box = TestIssuer.builder()
                .definitions(List.of(CredentialDefinition.read(TICKET, "ticket.yaml")))
                .datasets(FileDatasets.of(Json.readObject("{\"erika\":{\"ticket\":{\"seat\":\"14b\"}}}")))
                .build();

        @Test
        @Requirement({"CI-CRED-7", "CI-META-24", "CI-META-25"})
        @DisplayName("no proof is asked for, and one that comes all the same is ignored")
        void noProof() {
            var announced = box.credentialIssuer()
                    .metadata()
                    .write()
                    .object("credential_configurations_supported")
                    .object("ticket");
            assertThat(announced.members())
                    .doesNotContainKeys("cryptographic_binding_methods_supported", "proof_types_supported");
            var guest = box.wallet();
            var token = guest.redeem(box.offer("ticket").offer()).token();
            assertThat(guest.request(token, "ticket").withoutProofs().credential())
                    .isNotEmpty();
            assertThat(guest.request(token, "ticket")
                            .proof(proof -> proof.audience("https://another.example"))
                            .credential())
                    .isNotEmpty();
            assertThat(guest.request(token, "ticket").proofs(guest.keyProofs(3)).credentials())
                    .hasSize(1);
        }
    }

    @Nested
    @DisplayName("whoever follows issuance")
    class Listener {
        private final List<String> seen = new ArrayList<>();

        @Test
        @DisplayName("is told of each response with credentials, and of no refusal")
        void told() {
            var followed = TestIssuer.builder()
                    .credentialIssuerOptions(options -> options.listener(new IssuanceListener() {
                        @Override
                        public void issued(Entitlement entitlement, IssuanceRecord issuance) {
                            seen.add(entitlement.configuration().id() + " " + issuance.credentials());
                        }
                    }))
                    .build();
            var other = followed.wallet();
            var token = other.redeem(followed.offer(TestIssuer.PID).offer()).token();
            other.request(token, TestIssuer.PID).withoutProofs().send();
            other.request(token, TestIssuer.PID).proofs(other.keyProofs(4)).credentials();
            other.request(token, TestIssuer.PID).credential();
            assertThat(seen).containsExactly(TestIssuer.PID + " 4", TestIssuer.PID + " 1");
        }

        @Test
        @DisplayName("cannot stop it by failing")
        void failing() {
            var followed = TestIssuer.builder()
                    .credentialIssuerOptions(options -> options.listener(new IssuanceListener() {
                        @Override
                        public void issued(Entitlement entitlement, IssuanceRecord issuance) {
                            throw new IllegalStateException("the follower fell");
                        }
                    }))
                    .build();
            var other = followed.wallet();
            assertThat(other.request(
                                    other.redeem(followed.offer(TestIssuer.PID).offer())
                                            .token(),
                                    TestIssuer.PID)
                            .credential())
                    .isNotEmpty();
        }
    }

    private Verification.Verified verified(String credential) {
        return (Verification.Verified) new SdJwtVcVerifier().verify(credential, issuer.anchors(), TestIssuer.NOW);
    }
}
