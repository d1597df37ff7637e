package dev.intaglio.testing.store;

import dev.intaglio.authorization.store.CodeFlowStores;
import dev.intaglio.authorization.store.PreAuthorization;
import dev.intaglio.authorization.store.PreAuthorizedCodes;
import dev.intaglio.issuer.store.DeferredTransactions;
import dev.intaglio.issuer.store.DialectTokens;
import dev.intaglio.issuer.store.DialectUses;
import dev.intaglio.issuer.store.IssuanceQuotas;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.Leases;
import dev.intaglio.issuer.store.LogStore;
import dev.intaglio.issuer.store.Notifications;
import dev.intaglio.issuer.store.Offers;
import dev.intaglio.issuer.store.OutgoingEvents;
import dev.intaglio.issuer.store.SharedSecrets;
import dev.intaglio.issuer.store.StatusLists;
import dev.intaglio.issuer.store.StatusOperations;
import dev.intaglio.issuer.store.WatchedAttestations;
import dev.intaglio.protocol.dpop.ReplayGuard;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Every store in memory, for tests. Passes the same contracts as the stores on databases; not for production, since a
/// restart would make used codes and nonces good again, and nothing is ever forgotten.
public final class InMemoryStores {
    private final DialectUses dialectUses = new DialectUsesInMemory();
    private final DialectTokens dialectTokens = new DialectTokensInMemory();
    private final OffersInMemory offers = new OffersInMemory();
    private final IssuancesInMemory issuances = new IssuancesInMemory();
    private final OutgoingEvents outgoingEvents = new OutgoingEventsInMemory();
    private final Leases leases = new LeasesInMemory();
    private final StatusesInMemory statuses = new StatusesInMemory(issuances::recorded);
    private final QuotasInMemory quotas = new QuotasInMemory();
    private final CodesInMemory codes = new CodesInMemory();
    private final CodeFlowStores codeFlow = CodeFlowInMemory.stores();
    private final SecretsInMemory secrets = new SecretsInMemory();
    private final Map<String, Set<String>> realms = new ConcurrentHashMap<>();

    public Offers offers() {
        return offers;
    }

    public Issuances issuances() {
        return issuances.issuances();
    }

    public DeferredTransactions deferredTransactions() {
        return issuances.deferredTransactions();
    }

    public Notifications notifications() {
        return issuances.notifications();
    }

    public WatchedAttestations watchedAttestations() {
        return issuances.watched();
    }

    public LogStore log() {
        return issuances.log();
    }

    public Leases leases() {
        return leases;
    }

    public OutgoingEvents outgoingEvents() {
        return outgoingEvents;
    }

    public StatusLists statusLists() {
        return statuses;
    }

    public StatusOperations statusOperations() {
        return statuses;
    }

    public IssuanceQuotas issuanceQuotas() {
        return quotas;
    }

    public DialectUses dialectUses() {
        return dialectUses;
    }

    public DialectTokens dialectTokens() {
        return dialectTokens;
    }

    public PreAuthorizedCodes preAuthorizedCodes() {
        return codes;
    }

    public CodeFlowStores codeFlow() {
        return codeFlow;
    }

    /// @param realm values of different realms are different values
    public ReplayGuard replayGuard(String realm) {
        var used = realms.computeIfAbsent(realm, name -> ConcurrentHashMap.newKeySet());
        return (value, forgetAt) -> used.add(value);
    }

    public SharedSecrets secrets() {
        return secrets;
    }

    /// What was recorded so far, in order.
    public List<IssuanceRecord> issued() {
        return issuances.recorded();
    }

    private static final class SecretsInMemory implements SharedSecrets {
        private final Map<String, byte[]> secrets = new ConcurrentHashMap<>();

        @Override
        public byte[] secret(String name, Supplier<byte[]> fresh) {
            return secrets.computeIfAbsent(name, ignored -> fresh.get()).clone();
        }

        @Override
        public void forget(String prefix, String before) {
            secrets.keySet()
                    .removeIf(name ->
                            name.startsWith(prefix) && name.length() == before.length() && name.compareTo(before) < 0);
        }
    }

    private static final class OffersInMemory implements Offers {
        private record Offer(byte[] content, Instant expiresAt) {}

        private final Map<String, Offer> offers = new ConcurrentHashMap<>();

        @Override
        public void save(String handle, byte[] content, Instant expiresAt) {
            if (offers.putIfAbsent(handle, new Offer(content.clone(), expiresAt)) != null) {
                throw new IllegalStateException("there is an offer under this handle");
            }
        }

        @Override
        public Optional<byte[]> find(String handle, Instant now) {
            return Optional.ofNullable(offers.get(handle))
                    .filter(offer -> now.isBefore(offer.expiresAt()))
                    .map(offer -> offer.content().clone());
        }

        @Override
        public void remove(String handle) {
            offers.remove(handle);
        }

        @Override
        public void keep(String handle, Instant until) {
            offers.computeIfPresent(
                    handle,
                    (ignored, offer) -> offer.expiresAt().isBefore(until) ? new Offer(offer.content(), until) : offer);
        }
    }

    private static final class QuotasInMemory implements IssuanceQuotas {
        private final Map<String, Integer> counts = new HashMap<>();

        @Override
        public synchronized boolean take(String counter, int amount, int limit, Instant forgetAt) {
            var sum = counts.getOrDefault(counter, 0) + amount;
            if (sum > limit) {
                return false;
            }
            counts.put(counter, sum);
            return true;
        }

        @Override
        public synchronized void giveBack(String counter, int amount) {
            counts.computeIfPresent(counter, (same, count) -> count - amount);
        }
    }

    private static final class CodesInMemory implements PreAuthorizedCodes {
        private record Code(
                PreAuthorization authorization, Optional<String> txCodeHash, int attemptsLeft, Instant expiresAt) {
            boolean pending(Instant now) {
                return attemptsLeft > 0 && now.isBefore(expiresAt);
            }

            Code afterWrongAttempt() {
                return new Code(authorization, txCodeHash, attemptsLeft - 1, expiresAt);
            }
        }

        private final Map<String, Code> codes = new HashMap<>();

        @Override
        public synchronized void save(
                String codeHash,
                PreAuthorization authorization,
                Optional<String> txCodeHash,
                int attempts,
                Instant expiresAt) {
            if (attempts < 1) {
                throw new IllegalArgumentException("a code needs at least one attempt");
            }
            if (codes.putIfAbsent(codeHash, new Code(authorization, txCodeHash, attempts, expiresAt)) != null) {
                throw new IllegalStateException("there is a code under this hash");
            }
        }

        @Override
        public synchronized Redemption redeem(String codeHash, Optional<String> txCodeHash, Instant now) {
            var code = codes.get(codeHash);
            if (code == null || !code.pending(now)) {
                return new Redemption.Unknown();
            }
            if (code.txCodeHash().equals(txCodeHash)) {
                codes.remove(codeHash);
                return new Redemption.Redeemed(code.authorization());
            }
            if (txCodeHash.isEmpty()) {
                return new Redemption.TxCodeMissing();
            }
            if (code.txCodeHash().isEmpty()) {
                return new Redemption.TxCodeUnexpected();
            }
            var counted = code.afterWrongAttempt();
            codes.put(codeHash, counted);
            return new Redemption.WrongTxCode(counted.attemptsLeft());
        }

        @Override
        public synchronized Optional<PreAuthorization> find(String codeHash, Instant now) {
            return Optional.ofNullable(codes.get(codeHash))
                    .filter(code -> code.pending(now))
                    .map(Code::authorization);
        }
    }
}
