package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitionException;
import dev.intaglio.credential.sdjwtvc.SdJwt;
import dev.intaglio.issuer.offer.OfferRequest;
import dev.intaglio.issuer.offer.OfferedGrants;
import dev.intaglio.issuer.reissuance.Reissuance;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.issuer.status.CredentialStatuses;
import dev.intaglio.issuer.store.CredentialState;
import dev.intaglio.issuer.store.StatusOperation.Phase;
import dev.intaglio.issuer.store.StatusOperations.Issued;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.issuer.store.StatusVerb;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Credentials are issued again")
class ReissuanceFlowTest {
    private static final String CARD = "card_dc_sd_jwt";
    private static final String DEFINITION = """
            id: card
            display: [{locale: en, name: Card}]
            claims: [{path: [given_name], sd: never}]
            formats: {dc+sd-jwt: {vct: "urn:example:card"}}
            status: true
            """;

    private static CredentialDefinition card(String more) {
        return CredentialDefinition.read(DEFINITION + more, "card.yaml");
    }

    private static JsonObject claims(String credential) {
        return SdJwt.parse(credential).process().claims();
    }

    @Nested
    @DisplayName("because the register says that the claims have changed")
    class Changed {
        private final AtomicReference<String> name = new AtomicReference<>("Erika");
        private final TestIssuer issuer = CodeFlowWallet.issuer(
                flow -> flow.withRefreshTokens(Duration.ofDays(30)),
                UnaryOperator.identity(),
                entitlement -> Lookup.ready(new CredentialDataset(JsonObject.builder()
                        .put("given_name", name.get())
                        .put("family_name", "Mustermann")
                        .put("employee_number", "E-7000")
                        .put(
                                "employer",
                                JsonObject.builder().put("name", "The Woods").build())
                        .build())));
        private final CodeFlowWallet wallet = CodeFlowWallet.at(issuer).withDpop();
        private final CredentialStatuses statuses = issuer.credentialIssuer().statuses();
        private final Reissuance reissuance = issuer.credentialIssuer().reissuance();
        private final TokenResponse tokens =
                wallet.tokens(wallet.redeeming(wallet.code(wallet.asking().with("scope", "employee"))));

        private String issue(TokenResponse token) {
            return issuer.wallet()
                    .withClientId(CodeFlowWallet.ID)
                    .withDpop(wallet.dpop().orElseThrow())
                    .request(token, TestIssuer.EMPLOYEE)
                    .credential();
        }

        private TokenResponse refreshed() {
            return wallet.tokens(wallet.refreshing(tokens.refreshToken().orElseThrow()));
        }

        private List<CredentialState> states() {
            return statuses.issued(StatusSelector.ofSubject(TestIssuer.ERIKA), 10).stream()
                    .map(Issued::state)
                    .toList();
        }

        private Reissuance.Then then(StatusVerb verb, Duration window) {
            return new Reissuance.Then(verb, "married", "registry", Optional.of(window));
        }

        @Test
        @DisplayName("stale ones are counted until the wallet came with its refresh token, and got the new claims")
        void stale() {
            assertThat(issue(tokens)).contains(".");
            name.set("Erika Luise");
            issuer.clock().advance(Duration.ofHours(1));
            assertThat(reissuance.changed(TestIssuer.ERIKA, Set.of("employee"))).hasSize(1);
            assertThat(reissuance.changed(TestIssuer.ERIKA, Set.of()))
                    .as("only once")
                    .isEmpty();
            assertThat(reissuance.outstanding()).containsEntry(TestIssuer.EMPLOYEE, 1L);
            assertThat(states()).containsExactly(CredentialState.VALID);

            issuer.clock().advance(Duration.ofMinutes(1));
            var renewed = issue(refreshed());
            assertThat(claims(renewed).string("given_name")).isEqualTo("Erika Luise");
            assertThat(reissuance.outstanding()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"REVOKE", "SUSPEND", "EXPIRE"})
        @DisplayName("and those of before are taken back at once, if it says so; what comes after is not")
        void takenBack(String verb) {
            issue(tokens);
            issuer.clock().advance(Duration.ofHours(1));
            var order = then(StatusVerb.valueOf(verb), Duration.ZERO);
            var changed = reissuance.changed(TestIssuer.ERIKA, Set.of("employee"), order);
            assertThat(changed.stale()).hasSize(1);
            assertThat(changed.operation().changed()).isOne();
            assertThat(changed.operation().actor()).isEqualTo("registry");
            assertThat(reissuance
                            .changed(TestIssuer.ERIKA, Set.of("employee"), order)
                            .operation()
                            .changed())
                    .as("said twice")
                    .isZero();
            issuer.clock().advance(Duration.ofSeconds(1));
            issue(refreshed());
            assertThat(states())
                    .containsExactly(
                            CredentialState.VALID, StatusVerb.valueOf(verb).to());
        }

        @Test
        @DisplayName("and wallets have time to come before those of before are taken back")
        void inTime() {
            issue(tokens);
            var changed = reissuance.changed(TestIssuer.ERIKA, Set.of(), then(StatusVerb.REVOKE, Duration.ofDays(1)));
            assertThat(changed.operation().phase()).isEqualTo(Phase.STAGED);
            issuer.clock().advance(Duration.ofHours(2));
            issue(refreshed());
            assertThat(states()).containsOnly(CredentialState.VALID);
            issuer.clock().advance(Duration.ofDays(1));
            statuses.catchUp();
            assertThat(states()).containsExactly(CredentialState.VALID, CredentialState.REVOKED);
        }

        @Test
        @DisplayName(
                "what is no more true is not reinstated, and a type there is not is refused before anything is done")
        void refused() {
            issue(tokens);
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            reissuance.changed(TestIssuer.ERIKA, Set.of(), then(StatusVerb.REINSTATE, Duration.ZERO)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> reissuance.changed(
                            TestIssuer.ERIKA, Set.of("nothing"), then(StatusVerb.REVOKE, Duration.ZERO)));
            assertThat(states()).containsOnly(CredentialState.VALID);
            assertThat(reissuance.outstanding()).isEmpty();
        }
    }

    @Nested
    @DisplayName("not all at once: their ends are spread")
    class Spread {
        private static final int COPIES = 40;

        private final TestIssuer issuer = TestIssuer.builder()
                .definitions(List.of(card("validity: {duration: P90D, jitter: P10D}\nbatch_size: 40\n")))
                .batchSize(COPIES)
                .datasets(entitlement -> Lookup.ready(new CredentialDataset(
                        JsonObject.builder().put("given_name", "Erika").build())))
                .build();

        private List<Instant> ends() {
            var wallet = issuer.wallet();
            var token = wallet.redeem(issuer.offer(CARD).offer()).token();
            return wallet.request(token, CARD).proofs(wallet.keyProofs(COPIES)).credentials().stream()
                    .map(credential ->
                            Instant.ofEpochSecond(claims(credential.toString()).integer("exp")))
                    .toList();
        }

        @Test
        @Requirement("CI-PRIV-1")
        @DisplayName("over whole days up to the jitter, each copy by itself, whenever it was issued")
        void spread() {
            var latest = Instant.parse("2027-02-02T00:00:00Z");
            var first = ends();
            assertThat(first).allSatisfy(end -> {
                assertThat(end).isBetween(latest.minus(Duration.ofDays(10)), latest);
                assertThat(end.getEpochSecond() % 86_400).isZero();
            });
            // 40 draws of 11 days: fewer than 6 of them has a chance of less than one in ten million million.
            assertThat(new TreeSet<>(first)).hasSizeGreaterThan(5);
            issuer.clock().advance(Duration.ofDays(1));
            assertThat(ends().stream().filter(first::contains).collect(Collectors.toSet()))
                    .as("an end is not of one day's credentials alone")
                    .hasSizeGreaterThan(3);
            assertThat(issuer.stores()
                            .issued()
                            .getFirst()
                            .signed()
                            .orElseThrow()
                            .validUntil())
                    .as("what is recorded is the latest")
                    .isEqualTo(latest);
        }

        @Test
        @DisplayName("also where the signer's certificates end them, and never after these")
        void withSigner() {
            issuer.clock().set(Instant.parse("2027-10-01T10:00:00Z"));
            var ends = ends();
            var last = ends.stream().max(Instant::compareTo).orElseThrow();
            assertThat(last).isBeforeOrEqualTo(Instant.parse("2027-11-03T10:15:30Z"));
            assertThat(new TreeSet<>(ends)).hasSizeGreaterThan(5);
        }

        @ParameterizedTest
        @ValueSource(strings = {"PT25H", "P46D", "-P1D"})
        @DisplayName("by whole roundings, and by half of the validity at most")
        void wrong(String jitter) {
            assertThatThrownBy(() -> card("validity: {duration: P90D, jitter: " + jitter + "}\n"))
                    .isInstanceOf(CredentialDefinitionException.class)
                    .hasMessageContaining("jitter");
        }
    }

    @Test
    @DisplayName("from claims that came with the offer only as long as they are fresh, and then from the source")
    void freshness() {
        var issuer = TestIssuer.builder()
                .definitions(List.of(card("freshness: PT20M\n")))
                .datasets(entitlement -> Lookup.ready(new CredentialDataset(JsonObject.builder()
                        .put("given_name", "of the register")
                        .build())))
                .build();
        var offer = issuer.offer(new OfferRequest(
                Optional.of(TestIssuer.ERIKA),
                List.of(CARD),
                OfferedGrants.PRE_AUTHORIZED_CODE,
                Optional.empty(),
                false,
                Optional.empty(),
                Duration.ofHours(2),
                Map.of(
                        CARD,
                        JsonObject.builder().put("given_name", "of the offer").build())));
        issuer.clock().advance(Duration.ofMinutes(19));
        var token = issuer.wallet().redeem(offer.offer()).token();
        assertThat(claims(issuer.wallet().request(token, CARD).credential()).string("given_name"))
                .isEqualTo("of the offer");
        issuer.clock().advance(Duration.ofMinutes(1));
        assertThat(claims(issuer.wallet().request(token, CARD).credential()).string("given_name"))
                .isEqualTo("of the register");
    }
}
