package dev.intaglio.testing.store;

import dev.intaglio.issuer.store.DeferredTransaction;
import dev.intaglio.issuer.store.DeferredTransaction.Awaiting;
import dev.intaglio.issuer.store.DeferredTransaction.Decision;
import dev.intaglio.issuer.store.DeferredTransactions;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.LogEvent;
import dev.intaglio.issuer.store.Notification;
import dev.intaglio.issuer.store.Notifications;
import dev.intaglio.issuer.store.Page;
import dev.intaglio.issuer.store.Position;
import dev.intaglio.issuer.store.UsedNonce;
import dev.intaglio.protocol.notification.NotificationRequest.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Issuances in memory, with what comes before them and after them: transactions that wait, and notifications. One lock for
/// all, since they change each other.
final class IssuancesInMemory {
    private final Map<String, IssuanceRecord> recorded = new LinkedHashMap<>();
    private final Map<String, Instant> staleSince = new HashMap<>();
    private final Set<String> usedNonces = new HashSet<>();
    private final Map<String, DeferredTransaction> waiting = new HashMap<>();
    private final List<Notification> told = new ArrayList<>();
    private final LogInMemory log = new LogInMemory();
    private final WatchedAttestationsInMemory watched = new WatchedAttestationsInMemory();

    WatchedAttestationsInMemory watched() {
        return watched;
    }

    LogInMemory log() {
        return log;
    }

    synchronized List<IssuanceRecord> recorded() {
        return List.copyOf(recorded.values());
    }

    private boolean use(List<UsedNonce> nonces) {
        if (nonces.stream().map(UsedNonce::hash).anyMatch(usedNonces::contains)) {
            return false;
        }
        nonces.forEach(nonce -> usedNonces.add(nonce.hash()));
        return true;
    }

    private void record(IssuanceRecord issuance) {
        if (recorded.putIfAbsent(issuance.id(), issuance) != null) {
            throw new IllegalStateException("there is an issuance under this id");
        }
        watched.add(issuance);
        issuance.logged().ifPresent(logged -> log.add(logged.event()));
    }

    private Optional<DeferredTransaction> alive(String handle, Instant now) {
        return Optional.ofNullable(waiting.get(handle)).filter(found -> now.isBefore(found.expiresAt()));
    }

    Issuances issuances() {
        return new Recorded();
    }

    DeferredTransactions deferredTransactions() {
        return new Deferred();
    }

    Notifications notifications() {
        return new Told();
    }

    private final class Recorded implements Issuances {
        @Override
        public boolean record(IssuanceRecord issuance, List<UsedNonce> nonces) {
            synchronized (IssuancesInMemory.this) {
                if (!use(nonces)) {
                    return false;
                }
                IssuancesInMemory.this.record(issuance);
                return true;
            }
        }

        @Override
        public List<Stale> markStale(String subject, Set<String> configurationIds, Instant now) {
            synchronized (IssuancesInMemory.this) {
                return recorded.values().stream()
                        .filter(issuance -> issuance.subject().equals(subject)
                                && configurationIds.contains(issuance.configurationId())
                                && valid(issuance, now)
                                && staleSince.putIfAbsent(issuance.id(), now) == null)
                        .map(issuance -> new Stale(issuance.id(), issuance.configurationId(), issuance.credentials()))
                        .toList();
            }
        }

        @Override
        public Map<String, Long> outstanding(Instant now) {
            synchronized (IssuancesInMemory.this) {
                return recorded.values().stream()
                        .filter(issuance -> staleSince.containsKey(issuance.id()) && valid(issuance, now))
                        .filter(issuance -> recorded.values().stream().noneMatch(newer -> replaces(newer, issuance)))
                        .collect(Collectors.groupingBy(
                                IssuanceRecord::configurationId,
                                TreeMap::new,
                                Collectors.summingLong(IssuanceRecord::credentials)));
            }
        }

        private boolean replaces(IssuanceRecord newer, IssuanceRecord stale) {
            return newer.subject().equals(stale.subject())
                    && newer.configurationId().equals(stale.configurationId())
                    && newer.issuedAt().isAfter(staleSince.getOrDefault(stale.id(), Instant.MAX));
        }

        private static boolean valid(IssuanceRecord issuance, Instant now) {
            return issuance.signed()
                    .filter(signed -> signed.validUntil().isAfter(now))
                    .isPresent();
        }

        @Override
        public Optional<byte[]> salt(String issuanceId) {
            synchronized (IssuancesInMemory.this) {
                return Optional.ofNullable(recorded.get(issuanceId))
                        .flatMap(IssuanceRecord::logged)
                        .map(IssuanceRecord.Logged::salt);
            }
        }
    }

    private final class Deferred implements DeferredTransactions {
        @Override
        public boolean begin(DeferredTransaction transaction, List<UsedNonce> nonces, Optional<LogEvent> event) {
            synchronized (IssuancesInMemory.this) {
                if (waiting.containsKey(transaction.handle())) {
                    throw new IllegalStateException("there is a transaction under this handle");
                }
                if (!use(nonces)) {
                    return false;
                }
                waiting.put(transaction.handle(), transaction);
                event.ifPresent(log::add);
                return true;
            }
        }

        @Override
        public Optional<DeferredTransaction> find(String handle, Instant now) {
            synchronized (IssuancesInMemory.this) {
                return alive(handle, now);
            }
        }

        @Override
        public boolean complete(String handle, IssuanceRecord issuance, Instant now) {
            synchronized (IssuancesInMemory.this) {
                if (alive(handle, now).isEmpty()) {
                    return false;
                }
                record(issuance);
                waiting.remove(handle);
                return true;
            }
        }

        @Override
        public void awaitApproval(String handle) {
            synchronized (IssuancesInMemory.this) {
                waiting.computeIfPresent(handle, (same, found) -> found.with(Awaiting.APPROVAL));
            }
        }

        @Override
        public boolean decide(String handle, Decision decision, Instant now) {
            synchronized (IssuancesInMemory.this) {
                var open = alive(handle, now).filter(IssuancesInMemory::open);
                open.ifPresent(found -> waiting.put(handle, found.with(decision)));
                return open.isPresent();
            }
        }

        @Override
        public Page<DeferredTransaction> awaitingApproval(Optional<Position> after, int atMost, Instant now) {
            synchronized (IssuancesInMemory.this) {
                return PagesInMemory.oldestFirst(
                        waiting.values().stream()
                                .filter(found -> open(found) && now.isBefore(found.expiresAt()))
                                .toList(),
                        found -> new Position(found.createdAt(), found.handle()),
                        after,
                        atMost);
            }
        }
    }

    private static boolean open(DeferredTransaction found) {
        return found.awaiting() == Awaiting.APPROVAL && found.decision() == Decision.NONE;
    }

    private final class Told implements Notifications {
        @Override
        public Outcome record(
                String issuanceId,
                String authorizationId,
                Event event,
                Optional<String> description,
                Instant receivedAt) {
            synchronized (IssuancesInMemory.this) {
                var issuance = Optional.ofNullable(recorded.get(issuanceId))
                        .filter(found -> found.authorizationId().equals(authorizationId));
                if (issuance.isEmpty()) {
                    return new Outcome.Unknown();
                }
                if (told.stream()
                        .anyMatch(before -> before.issuanceId().equals(issuanceId) && before.event() == event)) {
                    return new Outcome.Repeated();
                }
                var first =
                        new Notification(issuanceId, issuance.get().configurationId(), event, description, receivedAt);
                told.add(first);
                return new Outcome.First(first);
            }
        }

        @Override
        public Page<Notification> latest(Optional<Position> after, int atMost) {
            synchronized (IssuancesInMemory.this) {
                return PagesInMemory.latestFirst(
                        told,
                        one -> new Position(one.receivedAt(), one.issuanceId() + "/" + one.event()),
                        after,
                        atMost);
            }
        }
    }
}
