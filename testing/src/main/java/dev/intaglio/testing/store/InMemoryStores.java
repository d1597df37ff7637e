package dev.intaglio.testing.store;

import dev.intaglio.authorization.store.CodeFlowStores;
import dev.intaglio.authorization.store.PreAuthorization;
import dev.intaglio.authorization.store.PreAuthorizedCodes;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.Offers;
import dev.intaglio.issuer.store.SharedSecrets;
import dev.intaglio.issuer.store.UsedNonce;
import dev.intaglio.protocol.dpop.ReplayGuard;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Every store in memory, for tests. Passes the same contracts as the stores on databases; not for production, since a
/// restart would make used codes and nonces good again, and nothing is ever forgotten.
public final class InMemoryStores {
    private final OffersInMemory offers = new OffersInMemory();
    private final IssuancesInMemory issuances = new IssuancesInMemory();
    private final CodesInMemory codes = new CodesInMemory();
    private final CodeFlowStores codeFlow = CodeFlowInMemory.stores();
    private final SecretsInMemory secrets = new SecretsInMemory();
    private final Map<String, Set<String>> realms = new ConcurrentHashMap<>();

    public Offers offers() {
        return offers;
    }

    public Issuances issuances() {
        return issuances;
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
    }

    private static final class IssuancesInMemory implements Issuances {
        private final Map<String, IssuanceRecord> recorded = new LinkedHashMap<>();
        private final Set<String> usedNonces = new HashSet<>();

        @Override
        public synchronized boolean record(IssuanceRecord issuance, List<UsedNonce> nonces) {
            if (recorded.containsKey(issuance.id())) {
                throw new IllegalStateException("there is an issuance under this id");
            }
            if (nonces.stream().map(UsedNonce::hash).anyMatch(usedNonces::contains)) {
                return false;
            }
            nonces.forEach(nonce -> usedNonces.add(nonce.hash()));
            recorded.put(issuance.id(), issuance);
            return true;
        }

        synchronized List<IssuanceRecord> recorded() {
            return List.copyOf(recorded.values());
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
