package dev.intaglio.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.authorization.store.AuthorizationCodes;
import dev.intaglio.authorization.store.AuthorizedCode;
import dev.intaglio.authorization.store.GrantedAuthorization;
import dev.intaglio.authorization.store.OfferedAuthorization;
import dev.intaglio.authorization.store.ParkedRequest;
import dev.intaglio.authorization.store.PreAuthorization;
import dev.intaglio.authorization.store.PreAuthorizedCodes;
import dev.intaglio.authorization.store.RefreshGrant;
import dev.intaglio.authorization.store.RefreshTokens;
import dev.intaglio.issuer.store.AttestationReference;
import dev.intaglio.issuer.store.DeferredTransaction;
import dev.intaglio.issuer.store.DeferredTransaction.Awaiting;
import dev.intaglio.issuer.store.DeferredTransaction.Decision;
import dev.intaglio.issuer.store.IssuanceOrigin;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.IssuedStatus;
import dev.intaglio.issuer.store.Notifications;
import dev.intaglio.issuer.store.OutgoingEvent;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.issuer.store.TraceStep;
import dev.intaglio.issuer.store.UsedNonce;
import dev.intaglio.issuer.store.WatchedAttestations;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.notification.NotificationRequest.Event;
import dev.intaglio.protocol.oauth.AuthorizationRequest;
import dev.intaglio.storage.jdbc.tenant.Tenant;
import dev.intaglio.storage.jdbc.tenant.TenantVersion;
import dev.intaglio.storage.jdbc.user.User;
import dev.intaglio.testing.store.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Verb by verb: what one tenant stored, another neither finds nor changes nor uses up, although it names the very key.
/// The main issuer is a stranger like any other.
abstract class TenantsApart {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(300);
    private static final Optional<String> NONE = Optional.empty();

    private JdbcStorage storage;
    private JdbcStores ours;
    private List<JdbcStores> strangers;

    abstract JdbcStorage open();

    @BeforeEach
    void start() {
        storage = open();
        ours = storage.tenant("ours");
        strangers = List.of(storage, storage.tenant("theirs"));
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    @Test
    @DisplayName("offers: find, remove")
    void offers() {
        ours.offers().save("handle", new byte[] {1}, LATER);
        for (var stranger : strangers) {
            assertThat(stranger.offers().find("handle", NOW)).isEmpty();
            stranger.offers().remove("handle");
            stranger.offers().keep("handle", LATER.plusSeconds(60));
        }
        assertThat(ours.offers().find("handle", NOW)).isPresent();
        assertThat(ours.offers().find("handle", LATER)).isEmpty();
    }

    @Test
    @DisplayName("traces: find")
    void traces() {
        var step = new TraceStep("step", NOW, Set.of("code"), Set.of("offer"), "{}", LATER);
        ours.traces().add(List.of(step));
        for (var stranger : strangers) {
            assertThat(stranger.traces().about(List.of("code", "offer"), 10)).isEmpty();
            stranger.traces().add(List.of(step));
        }
        assertThat(ours.traces().about(Set.of("code"), 10)).containsExactly(step);
    }

    @Test
    @DisplayName("pre-authorized codes: find, redeem, count attempts")
    void preAuthorizedCodes() {
        var authorization = new PreAuthorization("authorization", "alice", List.of("degree"));
        ours.preAuthorizedCodes().save("open", authorization, NONE, 1, LATER);
        ours.preAuthorizedCodes().save("guarded", authorization, Optional.of("right"), 1, LATER);
        for (var stranger : strangers) {
            var codes = stranger.preAuthorizedCodes();
            assertThat(codes.find("open", NOW)).isEmpty();
            assertThat(codes.pending("open", NOW)).isFalse();
            assertThat(codes.redeem("open", NONE, NOW)).isEqualTo(new PreAuthorizedCodes.Redemption.Unknown());
            for (var tried : List.of(NONE, Optional.of("right"), Optional.of("wrong"))) {
                assertThat(codes.redeem("guarded", tried, NOW)).isEqualTo(new PreAuthorizedCodes.Redemption.Unknown());
            }
        }
        var redeemed = new PreAuthorizedCodes.Redemption.Redeemed(authorization);
        assertThat(ours.preAuthorizedCodes().redeem("open", NONE, NOW)).isEqualTo(redeemed);
        assertThat(ours.preAuthorizedCodes().redeem("guarded", Optional.of("right"), NOW))
                .isEqualTo(redeemed);
    }

    @Test
    @DisplayName("authorization requests: find, over, open, wait, complete")
    void authorizationRequests() {
        var request = new ParkedRequest(AuthorizationRequest.of("wallet", "app:/cb", NONE), false);
        var requests = ours.codeFlow().requests();
        requests.save("reference", request, LATER, LATER);
        requests.save("late", request, NOW, LATER);
        requests.open("interaction", "reference", LATER);
        for (var stranger : strangers) {
            var theirs = stranger.codeFlow().requests();
            assertThat(theirs.find("reference", NOW)).isEmpty();
            assertThat(theirs.over("late", NOW)).isEmpty();
            assertThat(theirs.waiting("interaction", NOW)).isEmpty();
            assertThat(theirs.complete("interaction", NOW)).isEmpty();
            theirs.open("interaction of " + stranger.tenant(), "reference", LATER);
            assertThat(theirs.waiting("interaction of " + stranger.tenant(), NOW))
                    .isEmpty();
            assertThat(theirs.complete("interaction of " + stranger.tenant(), NOW))
                    .isEmpty();
            assertThat(requests.complete("interaction of " + stranger.tenant(), NOW))
                    .isEmpty();
        }
        assertThat(requests.over("late", NOW)).contains(request);
        assertThat(requests.complete("interaction", NOW)).contains(request);
    }

    @Test
    @DisplayName("authorization codes: find, redeem, notice a second use")
    void authorizationCodes() {
        var code = new AuthorizedCode(granted(), false, "app:/cb", NONE, NONE);
        ours.codeFlow().codes().save("code", code, LATER, LATER);
        for (var stranger : strangers) {
            var theirs = stranger.codeFlow().codes();
            assertThat(theirs.find("code", NOW)).isEmpty();
            assertThat(theirs.redeem("code", NOW)).isEqualTo(AuthorizationCodes.Redemption.UNKNOWN);
        }
        assertThat(ours.codeFlow().codes().redeem("code", NOW)).isEqualTo(AuthorizationCodes.Redemption.REDEEMED);
        for (var stranger : strangers) {
            assertThat(stranger.codeFlow().codes().redeem("code", NOW))
                    .isEqualTo(AuthorizationCodes.Redemption.UNKNOWN);
        }
    }

    @Test
    @DisplayName("refresh tokens: find, rotate, notice a second use")
    void refreshTokens() {
        var tokens = ours.codeFlow().refreshTokens();
        tokens.save("token", new RefreshGrant(granted(), false, NONE, NONE), LATER);
        for (var stranger : strangers) {
            var theirs = stranger.codeFlow().refreshTokens();
            assertThat(theirs.find("token", NOW)).isEmpty();
            assertThat(theirs.rotate("token", "stolen", NOW)).isEqualTo(RefreshTokens.Rotation.UNKNOWN);
            assertThat(theirs.find("stolen", NOW)).isEmpty();
        }
        assertThat(tokens.rotate("token", "successor", NOW)).isEqualTo(RefreshTokens.Rotation.ROTATED);
        for (var stranger : strangers) {
            assertThat(stranger.codeFlow().refreshTokens().find("successor", NOW))
                    .isEmpty();
            assertThat(stranger.codeFlow().refreshTokens().rotate("token", "stolen", NOW))
                    .isEqualTo(RefreshTokens.Rotation.UNKNOWN);
        }
    }

    @Test
    @DisplayName("offered authorizations: find, consume")
    void offeredAuthorizations() {
        var offered = new OfferedAuthorization(Optional.of("alice"), List.of("degree"), true);
        ours.codeFlow().offers().save("state", offered, LATER);
        for (var stranger : strangers) {
            assertThat(stranger.codeFlow().offers().find("state", NOW)).isEmpty();
            assertThat(stranger.codeFlow().offers().consume("state", NOW)).isEmpty();
        }
        assertThat(ours.codeFlow().offers().consume("state", NOW)).contains(offered);
    }

    @Test
    @DisplayName("revocations: whether")
    void revocations() {
        ours.codeFlow().revocations().revoke("authorization", LATER);
        for (var stranger : strangers) {
            assertThat(stranger.codeFlow().revocations().revoked("authorization"))
                    .isFalse();
        }
        assertThat(ours.codeFlow().revocations().revoked("authorization")).isTrue();
    }

    @Test
    @DisplayName("issuances and notifications: tell, list")
    void notifications() {
        ours.issuances().record(issuance("issuance"), List.of());
        for (var stranger : strangers) {
            assertThat(stranger.notifications()
                            .record("issuance", "authorization", Event.CREDENTIAL_ACCEPTED, NONE, NOW))
                    .isEqualTo(new Notifications.Outcome.Unknown());
        }
        assertThat(ours.notifications().record("issuance", "authorization", Event.CREDENTIAL_ACCEPTED, NONE, NOW))
                .isInstanceOf(Notifications.Outcome.First.class);
        for (var stranger : strangers) {
            assertThat(stranger.notifications().latest(10)).isEmpty();
        }
        assertThat(ours.notifications().latest(10)).hasSize(1);
    }

    @Test
    @DisplayName("nonces and other values used once: using one up")
    void usedValues() {
        assertThat(ours.replayGuard("issuer").firstUse("jti", LATER)).isTrue();
        assertThat(ours.issuances().record(issuance("ours"), List.of(new UsedNonce("nonce", LATER))))
                .isTrue();
        for (var stranger : strangers) {
            assertThat(stranger.replayGuard("issuer").firstUse("jti", LATER)).isTrue();
            assertThat(stranger.replayGuard("issuer").firstUse("next", LATER)).isTrue();
            var own = issuance("of " + stranger.tenant());
            assertThat(stranger.issuances().record(own, List.of(new UsedNonce("nonce", LATER))))
                    .isTrue();
        }
        assertThat(ours.replayGuard("issuer").firstUse("next", LATER)).isTrue();
        assertThat(ours.replayGuard("issuer").firstUse("jti", LATER)).isFalse();
    }

    @Test
    @DisplayName("deferred transactions: find, await approval, list, decide, complete")
    void deferredTransactions() {
        var transaction = new DeferredTransaction(
                "handle",
                "authorization",
                "alice",
                NONE,
                "degree",
                NONE,
                List.of(),
                NONE,
                NONE,
                Awaiting.APPROVAL,
                Decision.NONE,
                NOW,
                LATER);
        ours.deferredTransactions().begin(transaction, List.of());
        ours.deferredTransactions().begin(waitingForData(transaction), List.of());
        for (var stranger : strangers) {
            var theirs = stranger.deferredTransactions();
            assertThat(theirs.find("handle", NOW)).isEmpty();
            assertThat(theirs.awaitingApproval(10, NOW)).isEmpty();
            assertThat(theirs.decide("handle", Decision.DENIED, NOW)).isFalse();
            assertThat(theirs.complete("handle", issuance("stolen"), NOW)).isFalse();
            theirs.awaitApproval("waiting for data");
        }
        assertThat(ours.deferredTransactions().awaitingApproval(10, NOW)).containsExactly(transaction);
        assertThat(ours.deferredTransactions().complete("handle", issuance("own"), NOW))
                .isTrue();
    }

    @Test
    @DisplayName("outgoing events: claim, done, retry")
    void outgoingEvents() {
        ours.outgoingEvents().add(new OutgoingEvent("id", "hook", "{}", 0, LATER), NOW);
        for (var stranger : strangers) {
            assertThat(stranger.outgoingEvents().claim(10, NOW, Duration.ofMinutes(1)))
                    .isEmpty();
            stranger.outgoingEvents().done(new OutgoingEvent("id", "hook", "{}", 0, LATER));
            stranger.outgoingEvents().retry(new OutgoingEvent("id", "hook", "{}", 0, LATER), LATER);
        }
        assertThat(storage.withDueEvents(NOW)).containsExactly("ours");
        assertThat(ours.outgoingEvents().claim(10, NOW, Duration.ofMinutes(1))).hasSize(1);
        assertThat(storage.withDueEvents(NOW)).isEmpty();
    }

    @Test
    @DisplayName("tenants have names and addresses of their own, and every definition they had is kept")
    void tenants() {
        var tenants = storage.tenants();
        assertThat(tenants.changes()).isZero();
        assertThat(tenants.create(Tenant.of("ulm", "", "/ulm", "hash"), "{1}", NOW))
                .isTrue();
        assertThat(tenants.create(Tenant.of("ulm", "ulm.example", "", "hash"), "{}", NOW))
                .isFalse();
        assertThat(tenants.create(Tenant.of("other", "", "/ulm", "hash"), "{}", NOW))
                .isFalse();
        assertThat(tenants.versions("other")).isEmpty();
        assertThat(tenants.create(Tenant.of("bonn", "bonn.example", "", "hash"), "{}", NOW))
                .isTrue();
        var changes = tenants.changes();

        assertThat(tenants.apply("ulm", 1, "ulm.example", "", "{2}", LATER)).isTrue();
        assertThat(tenants.apply("ulm", 1, "ulm.example", "", "{3}", LATER)).isFalse();
        assertThat(tenants.apply("ulm", 2, "bonn.example", "", "{3}", LATER)).isFalse();
        assertThat(tenants.changes()).isGreaterThan(changes);
        assertThat(tenants.find("ulm")).contains(new Tenant("ulm", "ulm.example", "", 2, true, 2, "hash"));
        assertThat(tenants.versions("ulm"))
                .containsExactly(new TenantVersion(2, "{2}", LATER), new TenantVersion(1, "{1}", NOW));
        assertThat(tenants.version("ulm", 1)).map(TenantVersion::definition).contains("{1}");

        assertThat(tenants.enable("ulm", false)).isTrue();
        assertThat(tenants.changeAdminHash("ulm", "another")).isTrue();
        assertThat(tenants.enable("nobody", false)).isFalse();
        assertThat(tenants.all()).extracting(Tenant::name).containsExactly("bonn", "ulm");
        assertThat(tenants.all().getLast().enabled()).isFalse();
        assertThat(tenants.all().getLast().adminHash()).isEqualTo("another");
        assertThat(tenants.page("", 1)).extracting(one -> one.tenant().name()).containsExactly("bonn");
        assertThat(tenants.page("bonn", 5)).singleElement().satisfies(one -> {
            assertThat(one.tenant()).isEqualTo(tenants.find("ulm").orElseThrow());
            assertThat(one.version())
                    .isEqualTo(tenants.version("ulm", one.tenant().version()).orElseThrow());
        });
    }

    @Test
    @DisplayName("of fifty who create one tenant at once, one does; of fifty who change it, one does")
    void tenantRace() {
        var tenants = storage.tenants();
        var created = Race.run(
                runner -> () -> tenants.create(Tenant.of("wanted", "", "/wanted", "hash"), "{" + runner + "}", NOW));
        assertThat(Collections.frequency(created, true)).isOne();
        var applied = Race.run(runner -> () -> tenants.apply("wanted", 1, "", "/wanted", "{" + runner + "}", LATER));
        assertThat(Collections.frequency(applied, true)).isOne();
        assertThat(tenants.versions("wanted").getFirst().definition()).isEqualTo("{" + applied.indexOf(true) + "}");
    }

    @Test
    @DisplayName("counts of issuances: take, give back")
    void quotas() {
        assertThat(ours.issuanceQuotas().take("counter", 2, 2, LATER)).isTrue();
        for (var stranger : strangers) {
            assertThat(stranger.issuanceQuotas().take("counter", 2, 2, LATER)).isTrue();
            stranger.issuanceQuotas().giveBack("counter", 2);
        }
        assertThat(ours.issuanceQuotas().take("counter", 1, 2, LATER)).isFalse();
    }

    @Test
    @DisplayName("secrets: share, forget")
    void secrets() {
        assertThat(ours.secret("key-1", () -> new byte[] {1})).containsExactly(1);
        for (var stranger : strangers) {
            assertThat(stranger.secret("key-1", () -> new byte[] {2})).containsExactly(2);
            stranger.secrets().forget("key-", "key-9");
        }
        assertThat(ours.secret("key-1", () -> new byte[] {3})).containsExactly(1);
    }

    @Test
    @DisplayName("users: add, find, remove")
    void users() {
        var erika = new User("erika", "{argon2}ours", "subject", NONE);
        assertThat(ours.users().add(erika)).isTrue();
        for (var stranger : strangers) {
            assertThat(stranger.users().find("erika")).isEmpty();
            assertThat(stranger.users().remove("erika")).isFalse();
            assertThat(stranger.users().add(new User("erika", "{argon2}theirs", "other", NONE)))
                    .isTrue();
        }
        assertThat(ours.users().find("erika")).contains(erika);
    }

    @Test
    @DisplayName("what has expired is removed for all, by one sweep; records of issuances, for each by its own rule")
    void retention() {
        for (var stores : List.of(storage, ours, strangers.getLast())) {
            stores.replayGuard("issuer").firstUse("jti", NOW);
            stores.issuances().record(issuance("of " + stores.tenant()), List.of());
        }
        ours.replayGuard("issuer").firstUse("later", LATER);
        assertThat(storage.removeExpired(LATER.plusSeconds(1))).isEqualTo(3);
        assertThat(ours.replayGuard("issuer").firstUse("later", LATER)).isFalse();
        assertThat(ours.removeIssuances(NOW)).isZero();
        for (var stores : List.of(ours, storage, strangers.getLast())) {
            assertThat(stores.removeIssuances(LATER)).isOne();
        }
    }

    @Test
    @DisplayName("attestations that are watched: take, put down")
    void watchedAttestations() {
        var reference = new AttestationReference(
                AttestationReference.Kind.WALLET,
                JsonObject.builder().put("x", "y").build());
        var issuance = new IssuanceRecord(
                "watched",
                "authorization",
                "degree",
                "alice",
                1,
                NOW,
                Optional.of(new IssuanceRecord.Signed("kid", LATER)),
                Optional.empty(),
                Optional.of(new IssuedStatus("list", List.of(1))),
                new IssuanceOrigin(NONE, NONE, NONE, List.of(), NONE, NONE, List.of(reference)));
        ours.issuances().record(issuance, List.of());
        var soon = NOW.plusSeconds(60);
        var watched = new WatchedAttestations.Watched(reference, WatchedAttestations.Found.NOTHING, 1);
        for (var stranger : strangers) {
            assertThat(stranger.watchedAttestations().take(soon, soon, 10)).isEmpty();
            assertThat(stranger.watchedAttestations().found(watched, WatchedAttestations.Found.REVOKED))
                    .isFalse();
            assertThat(stranger.statusOperations().issued(StatusSelector.ofAttestation(reference), 10))
                    .isEmpty();
        }
        assertThat(storage.withWatchedAttestations(soon, soon)).containsExactly("ours");
        assertThat(ours.watchedAttestations().take(soon, soon, 10)).containsExactly(watched);
    }

    @Test
    @DisplayName("a name that could be taken for the main issuer's, or for no label of a host, is none")
    void names() {
        for (var name : List.of("", "-", "Ulm", "a.b", "a/b", "-a", "a-", "a".repeat(64), "ü")) {
            assertThatThrownBy(() -> storage.tenant(name)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(storage.tenant("a".repeat(63)).tenant()).hasSize(63);
        assertThat(storage.tenant()).isEmpty();
    }

    private static DeferredTransaction waitingForData(DeferredTransaction other) {
        return new DeferredTransaction(
                "waiting for data",
                other.authorizationId(),
                other.subject(),
                NONE,
                other.configurationId(),
                NONE,
                List.of(),
                NONE,
                NONE,
                Awaiting.DATA,
                Decision.NONE,
                NOW,
                LATER);
    }

    private static GrantedAuthorization granted() {
        return new GrantedAuthorization("authorization", "alice", "wallet", Set.of("degree"), List.of());
    }

    private static IssuanceRecord issuance(String id) {
        return new IssuanceRecord(id, "authorization", "degree", "alice", 1, NOW);
    }
}
