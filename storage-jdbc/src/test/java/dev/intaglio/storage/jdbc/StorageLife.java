package dev.intaglio.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.authorization.store.AuthorizationCodes;
import dev.intaglio.authorization.store.AuthorizedCode;
import dev.intaglio.authorization.store.GrantedAuthorization;
import dev.intaglio.authorization.store.ParkedRequest;
import dev.intaglio.authorization.store.PreAuthorization;
import dev.intaglio.authorization.store.PreAuthorizedCodes.Redemption;
import dev.intaglio.authorization.store.RefreshGrant;
import dev.intaglio.authorization.store.RefreshTokens;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.UsedNonce;
import dev.intaglio.protocol.oauth.AuthorizationRequest;
import dev.intaglio.testing.store.Race;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a storage does between its first start and its end.
abstract class StorageLife {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(300);
    private static final Optional<String> NONE = Optional.empty();

    private final List<JdbcStorage> opened = new ArrayList<>();

    /// Opens the one database of the test at hand.
    abstract JdbcStorage openNode();

    /// A connection to it that is none of ours.
    abstract Connection connect() throws SQLException;

    private JdbcStorage node() {
        var node = openNode();
        synchronized (opened) {
            opened.add(node);
        }
        return node;
    }

    @AfterEach
    void closeAll() {
        opened.forEach(JdbcStorage::close);
    }

    @Test
    @DisplayName("what was stored is there after a restart, and what was used stays used")
    void survivesRestart() {
        var secret = new byte[] {1, 2, 3};
        try (var before = openNode()) {
            before.offers().save("offer", "content".getBytes(StandardCharsets.UTF_8), LATER);
            before.preAuthorizedCodes().save("waiting", authorization(), Optional.of("tx"), 3, LATER);
            before.preAuthorizedCodes().redeem("waiting", Optional.of("wrong"), NOW);
            before.preAuthorizedCodes().save("redeemed", authorization(), NONE, 3, LATER);
            before.preAuthorizedCodes().redeem("redeemed", NONE, NOW);
            before.issuances().record(issuance("issued"), List.of(new UsedNonce("nonce", LATER)));
            before.replayGuard("issuer").firstUse("jti", LATER);
            before.secret("key", () -> secret);
        }
        var after = node();
        assertThat(after.offers().find("offer", NOW)).isPresent();
        assertThat(after.preAuthorizedCodes().redeem("redeemed", NONE, NOW)).isEqualTo(new Redemption.Unknown());
        assertThat(after.preAuthorizedCodes().redeem("waiting", Optional.of("wrong"), NOW))
                .isEqualTo(new Redemption.WrongTxCode(1));
        assertThat(after.preAuthorizedCodes().redeem("waiting", Optional.of("tx"), NOW))
                .isEqualTo(new Redemption.Redeemed(authorization()));
        assertThat(after.issuances().record(issuance("again"), List.of(new UsedNonce("nonce", LATER))))
                .isFalse();
        assertThat(after.replayGuard("issuer").firstUse("jti", LATER)).isFalse();
        assertThat(after.secret("key", () -> new byte[] {9})).isEqualTo(secret);
    }

    @Test
    @DisplayName("ten nodes that start at once on a new database all find their tables")
    void manyStartAtOnce() {
        var healthy = Race.run(runner -> () -> runner >= 10 || node().healthy());
        assertThat(healthy).containsOnly(true);
        assertThat(opened).hasSize(10);
    }

    @Test
    @DisplayName("the database may hold tables of somebody else")
    void sharesTheDatabase() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("create table person (id text primary key)");
        }
        var healthy = Race.run(runner -> () -> runner >= 4 || node().healthy());
        assertThat(healthy).containsOnly(true);
        assertThat(count("person")).isZero();
    }

    @Test
    @DisplayName("a secret is made by whoever comes first, and is the same for all")
    void oneSecret() {
        var nodes = List.of(node(), node());
        for (int round = 0; round < Race.ROUNDS; round++) {
            var name = "key-" + round;
            var secrets = Race.run(runner -> () -> nodes.get(runner % 2).secret(name, () -> {
                var fresh = new byte[32];
                ThreadLocalRandom.current().nextBytes(fresh);
                return fresh;
            }));
            assertThat(secrets)
                    .allSatisfy(secret -> assertThat(secret).hasSize(32).isEqualTo(secrets.getFirst()));
        }
        assertThat(nodes.getFirst().secret("key-0", () -> new byte[1]))
                .isNotEqualTo(nodes.getFirst().secret("key-1", () -> new byte[1]));
    }

    @Test
    @DisplayName("where there is a secret none is made")
    void secretIsMadeOnce() {
        var node = node();
        node.secret("key", () -> new byte[] {1});
        assertThat(node.secret("key", () -> {
                    throw new AssertionError("asked for another");
                }))
                .containsExactly(1);
    }

    @Test
    @DisplayName("realms, and nonces, do not stand in each other's way")
    void realmsAreApart() {
        var node = node();
        assertThat(node.replayGuard("issuer").firstUse("value", LATER)).isTrue();
        assertThat(node.replayGuard("authorization").firstUse("value", LATER)).isTrue();
        assertThat(node.issuances().record(issuance("1"), List.of(new UsedNonce("value", LATER))))
                .isTrue();
        assertThat(node.replayGuard("issuer").firstUse("value", LATER)).isFalse();
        assertThatThrownBy(() -> node.replayGuard("c_nonce")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("expired rows are removed some minutes later, all others and issuances stay")
    void removesExpired() throws SQLException {
        var node = node();
        for (var expiry : List.of(NOW, NOW.plusSeconds(60))) {
            node.offers().save("offer" + expiry, new byte[] {1}, expiry);
            node.preAuthorizedCodes().save("code" + expiry, authorization(), NONE, 3, expiry);
            node.replayGuard("issuer").firstUse("jti" + expiry, expiry);
            node.issuances().record(issuance("issuance" + expiry), List.of(new UsedNonce("nonce" + expiry, expiry)));
        }
        var margin = Duration.ofMinutes(5);
        assertThat(node.removeExpired(NOW.plus(margin))).isZero();
        assertThat(node.removeExpired(NOW.plus(margin).plusSeconds(1))).isEqualTo(4);
        assertThat(node.removeExpired(NOW.plus(margin).plusSeconds(1))).isZero();

        assertThat(node.offers().find("offer" + NOW.plusSeconds(60), NOW)).isPresent();
        assertThat(node.preAuthorizedCodes().pending("code" + NOW.plusSeconds(60), NOW))
                .isTrue();
        assertThat(node.replayGuard("issuer").firstUse("jti" + NOW.plusSeconds(60), NOW))
                .isFalse();
        assertThat(count("intaglio_issuance")).isEqualTo(2);
        assertThat(count("intaglio_used_value")).isEqualTo(2);
    }

    @Test
    @DisplayName("what the authorization code flow remembers is there after a restart, and goes when it has expired")
    void rememberedByTheCodeFlow() {
        var request = new ParkedRequest(AuthorizationRequest.of("wallet", "app:/cb", Optional.of("degree")), false);
        var granted = new GrantedAuthorization("authorization", "alice", "wallet", Set.of("degree"), List.of());
        var grant = new RefreshGrant(granted, false, NONE, NONE);
        try (var before = openNode()) {
            var flow = before.codeFlow();
            flow.requests().save("reference", request, LATER, LATER);
            flow.requests().open("interaction", "reference", LATER);
            flow.codes().save("code", new AuthorizedCode(granted, false, "app:/cb", NONE, NONE), LATER, LATER);
            flow.codes().redeem("code", NOW);
            flow.refreshTokens().save("token", grant, LATER);
            flow.refreshTokens().rotate("token", "successor", NOW);
            flow.revocations().revoke("authorization", LATER);
        }
        var after = node();
        assertThat(after.codeFlow().requests().waiting("interaction", NOW)).contains(request);
        assertThat(after.codeFlow().codes().redeem("code", NOW)).isEqualTo(AuthorizationCodes.Redemption.REUSED);
        assertThat(after.codeFlow().refreshTokens().rotate("token", "another", NOW))
                .isEqualTo(RefreshTokens.Rotation.REUSED);
        assertThat(after.codeFlow().refreshTokens().find("successor", NOW)).contains(grant);
        assertThat(after.codeFlow().revocations().revoked("authorization")).isTrue();

        var margin = Duration.ofMinutes(5);
        assertThat(after.removeExpired(LATER.plus(margin))).isZero();
        assertThat(after.removeExpired(LATER.plus(margin).plusSeconds(1))).isEqualTo(6);
        assertThat(after.codeFlow().revocations().revoked("authorization")).isFalse();
    }

    @Test
    @DisplayName("nodes that clean up at once, with more rows than are removed at a time, remove each row once")
    void cleanUpTogether() throws SQLException {
        var nodes = List.of(node(), node());
        var rows = 3 * Retention.AT_A_TIME + 7;
        fill(rows);
        var removed =
                Race.run(runner -> () -> runner < 8 ? nodes.get(runner % 2).removeExpired(NOW.plusSeconds(3600)) : 0);
        assertThat(removed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(rows);
        assertThat(count("intaglio_used_value")).isZero();
    }

    @Test
    @DisplayName("records of issuances are removed when the operator says so")
    void removesIssuances() throws SQLException {
        var node = node();
        node.issuances().record(issuance("1"), List.of());
        assertThat(node.removeIssuances(NOW)).isZero();
        assertThat(count("intaglio_issuance")).isOne();
        assertThat(node.removeIssuances(NOW.plusMillis(1))).isOne();
        assertThat(count("intaglio_issuance")).isZero();
    }

    @Test
    @DisplayName("an error of the database names no subject and no hash")
    void quietErrors() {
        var node = node();
        node.preAuthorizedCodes().save("the-hash", authorization(), NONE, 3, LATER);
        assertThatThrownBy(() -> node.preAuthorizedCodes().save("the-hash", authorization(), NONE, 3, LATER))
                .isInstanceOf(StorageException.class)
                .satisfies(fault -> assertThat(fault.toString() + fault.getCause())
                        .doesNotContain("the-hash")
                        .doesNotContain("alice"));
    }

    @Test
    @DisplayName("a transaction that fails leaves nothing, and the storage goes on")
    void failedTransaction() {
        var node = node();
        node.issuances().record(issuance("1"), List.of());
        var nonce = List.of(new UsedNonce("nonce", LATER));
        assertThatThrownBy(() -> node.issuances().record(issuance("1"), nonce)).isInstanceOf(StorageException.class);
        assertThat(node.issuances().record(issuance("2"), nonce)).isTrue();
    }

    @Test
    @DisplayName("a closed storage is not healthy, and may be closed again")
    void closed() {
        var node = node();
        assertThat(node.healthy()).isTrue();
        node.close();
        assertThat(node.healthy()).isFalse();
        node.close();
    }

    private void fill(int rows) throws SQLException {
        try (var connection = connect();
                var statement = connection.prepareStatement(
                        "insert into intaglio_used_value (tenant, value, forget_at) values ('', ?, ?)")) {
            connection.setAutoCommit(false);
            for (int row = 0; row < rows; row++) {
                statement.setString(1, "issuer/" + row);
                statement.setLong(2, NOW.toEpochMilli());
                statement.addBatch();
            }
            statement.executeBatch();
            connection.commit();
        }
    }

    private int count(String table) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static PreAuthorization authorization() {
        return new PreAuthorization("authorization", "alice", List.of("degree"));
    }

    private static IssuanceRecord issuance(String id) {
        return new IssuanceRecord(id, "authorization", "degree", "alice", 1, NOW);
    }
}
