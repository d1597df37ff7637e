package dev.intaglio.storage.jdbc;

import dev.intaglio.authorization.store.CodeFlowStores;
import dev.intaglio.authorization.store.PreAuthorizedCodes;
import dev.intaglio.issuer.store.DeferredTransactions;
import dev.intaglio.issuer.store.DialectTokens;
import dev.intaglio.issuer.store.DialectUses;
import dev.intaglio.issuer.store.IssuanceQuotas;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.KeyStates;
import dev.intaglio.issuer.store.Leases;
import dev.intaglio.issuer.store.LogEvent;
import dev.intaglio.issuer.store.LogStore;
import dev.intaglio.issuer.store.Notifications;
import dev.intaglio.issuer.store.Offers;
import dev.intaglio.issuer.store.OutgoingEvents;
import dev.intaglio.issuer.store.SharedSecrets;
import dev.intaglio.issuer.store.StatusLists;
import dev.intaglio.issuer.store.StatusOperations;
import dev.intaglio.issuer.store.Traces;
import dev.intaglio.issuer.store.WatchedAttestations;
import dev.intaglio.protocol.dpop.ReplayGuard;
import dev.intaglio.storage.jdbc.user.Users;
import java.time.Instant;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// The stores of one Credential Issuer and its authorization server: of the main one ([JdbcStorage] itself) or of a
/// [tenant][JdbcStorage#tenant]. Every statement is confined to it: what one tenant stores no other can find, change, use
/// up or count, not even by the same key. They hold nothing but a name, and cost nothing to make.
public sealed class JdbcStores permits JdbcStorage {
    final Database database;
    final String tenant;

    JdbcStores(Database database, String tenant) {
        this.database = database;
        this.tenant = tenant;
    }

    /// Whose stores they are; empty for the main issuer's.
    public final String tenant() {
        return tenant;
    }

    public final Offers offers() {
        return new JdbcOffers(database, tenant);
    }

    public final Issuances issuances() {
        return new JdbcIssuances(database, tenant);
    }

    public final DeferredTransactions deferredTransactions() {
        return new JdbcDeferredTransactions(database, tenant);
    }

    /// The issuance log.
    public final LogStore log() {
        return new JdbcLog(database, tenant);
    }

    /// Forgets a subject in every table. What was issued stays, without saying to whom; access tokens of the subject's end.
    ///
    /// @param event words what the issuance log is told, given how many issuances were forgotten
    /// @param dryRun only counts
    /// @return how many rows were or would be changed or removed, by table
    public final Map<String, Integer> erase(String subject, Instant now, IntFunction<LogEvent> event, boolean dryRun) {
        return new Erasure(database, tenant).erase(subject, now, event, dryRun);
    }

    /// Removes the issuer's records of issuances, and what wallets told before then, as its rules of retention say.
    ///
    /// @return how many there were
    public final int removeIssuances(Instant before) {
        return new Retention(database).removeIssuances(tenant, before);
    }

    /// Answers that are given again to whoever asks again.
    public final IdempotentAnswerStore idempotentAnswers() {
        return new IdempotentAnswerStore(database, tenant);
    }

    /// Which of the issuer's keys signs.
    public final KeyStates keyStates() {
        return new JdbcKeyStates(database, tenant);
    }

    /// Work for one node at a time.
    public final Leases leases() {
        return new JdbcLeases(database, tenant);
    }

    public final Notifications notifications() {
        return new JdbcNotifications(database, tenant);
    }

    public final IssuanceQuotas issuanceQuotas() {
        return new JdbcIssuanceQuotas(database, tenant);
    }

    public final DialectUses dialectUses() {
        return new JdbcDialectUses(database, tenant);
    }

    public final DialectTokens dialectTokens() {
        return new JdbcDialectTokens(database, tenant);
    }

    public final OutgoingEvents outgoingEvents() {
        return new JdbcOutgoingEvents(database, tenant);
    }

    /// What the flight recorder keeps.
    public final Traces traces() {
        return new JdbcTraces(database, tenant);
    }

    /// Status lists.
    public final StatusLists statusLists() {
        return new JdbcStatusLists(database, tenant);
    }

    /// What is done to the statuses of credentials.
    public final StatusOperations statusOperations() {
        return new JdbcStatusOperations(database, tenant);
    }

    /// Attestations whose status is looked at again.
    public final WatchedAttestations watchedAttestations() {
        return new JdbcWatchedAttestations(database, tenant);
    }

    public final PreAuthorizedCodes preAuthorizedCodes() {
        return new JdbcPreAuthorizedCodes(database, tenant);
    }

    /// What the authorization code flow remembers.
    public final CodeFlowStores codeFlow() {
        return new CodeFlowStores(
                new JdbcAuthorizationRequests(database, tenant),
                new JdbcAuthorizationCodes(database, tenant),
                new JdbcRefreshTokens(database, tenant),
                new JdbcRevocations(database, tenant),
                new JdbcOfferedAuthorizations(database, tenant));
    }

    /// People who sign in with a password. They do not expire.
    public final Users users() {
        return new JdbcUsers(database, tenant);
    }

    /// @param realm values of different realms are different values; small letters, digits and dashes
    public final ReplayGuard replayGuard(String realm) {
        if (!realm.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("a realm is made of small letters, digits and dashes");
        }
        return new JdbcReplayGuard(database, tenant, realm);
    }

    /// A secret that all nodes share and that survives restarts.
    ///
    /// @param fresh makes one if there is none yet; of several nodes that do so at once, all get the same one's
    public final byte[] secret(String name, Supplier<byte[]> fresh) {
        return new Secrets(database, tenant).secret(name, fresh);
    }

    /// Secrets of the issuer's own making.
    public final SharedSecrets secrets() {
        return new Secrets(database, tenant);
    }
}
