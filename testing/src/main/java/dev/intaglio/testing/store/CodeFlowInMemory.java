package dev.intaglio.testing.store;

import dev.intaglio.authorization.store.AuthorizationCodes;
import dev.intaglio.authorization.store.AuthorizationRequests;
import dev.intaglio.authorization.store.AuthorizedCode;
import dev.intaglio.authorization.store.CodeFlowStores;
import dev.intaglio.authorization.store.OfferedAuthorization;
import dev.intaglio.authorization.store.OfferedAuthorizations;
import dev.intaglio.authorization.store.ParkedRequest;
import dev.intaglio.authorization.store.RefreshGrant;
import dev.intaglio.authorization.store.RefreshTokens;
import dev.intaglio.authorization.store.Revocations;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What the authorization code flow remembers, in memory.
final class CodeFlowInMemory {
    private CodeFlowInMemory() {}

    static CodeFlowStores stores() {
        return new CodeFlowStores(
                new RequestsInMemory(),
                new AuthorizationCodesInMemory(),
                new RefreshTokensInMemory(),
                new RevocationsInMemory(),
                new OfferedInMemory());
    }

    private static final class RequestsInMemory implements AuthorizationRequests {
        private record Parked(ParkedRequest request, Instant usableUntil, Instant forgetAt) {}

        private record Opened(String referenceHash, Instant expiresAt) {}

        private final Map<String, Parked> requests = new HashMap<>();
        private final Map<String, Opened> interactions = new HashMap<>();
        private final Set<String> completed = new HashSet<>();

        @Override
        public synchronized void save(
                String referenceHash, ParkedRequest request, Instant usableUntil, Instant forgetAt) {
            if (requests.putIfAbsent(referenceHash, new Parked(request, usableUntil, forgetAt)) != null) {
                throw new IllegalStateException("there is a request under this reference");
            }
        }

        @Override
        public synchronized Optional<ParkedRequest> find(String referenceHash, Instant now) {
            return Optional.ofNullable(requests.get(referenceHash))
                    .filter(parked -> now.isBefore(parked.usableUntil()) && !completed.contains(referenceHash))
                    .map(Parked::request);
        }

        @Override
        public synchronized Optional<ParkedRequest> over(String referenceHash, Instant now) {
            return Optional.ofNullable(requests.get(referenceHash))
                    .filter(parked -> now.isBefore(parked.forgetAt()))
                    .filter(parked -> !now.isBefore(parked.usableUntil()) || completed.contains(referenceHash))
                    .map(Parked::request);
        }

        @Override
        public synchronized void open(String interactionHash, String referenceHash, Instant expiresAt) {
            if (interactions.putIfAbsent(interactionHash, new Opened(referenceHash, expiresAt)) != null) {
                throw new IllegalStateException("there is an interaction under this identifier");
            }
        }

        @Override
        public synchronized Optional<ParkedRequest> waiting(String interactionHash, Instant now) {
            return opened(interactionHash, now)
                    .filter(opened -> !completed.contains(opened.referenceHash()))
                    .flatMap(opened -> Optional.ofNullable(requests.get(opened.referenceHash())))
                    .filter(parked -> now.isBefore(parked.forgetAt()))
                    .map(Parked::request);
        }

        @Override
        public synchronized Optional<ParkedRequest> complete(String interactionHash, Instant now) {
            var waiting = waiting(interactionHash, now);
            waiting.ifPresent(request ->
                    opened(interactionHash, now).map(Opened::referenceHash).ifPresent(completed::add));
            return waiting;
        }

        private Optional<Opened> opened(String interactionHash, Instant now) {
            return Optional.ofNullable(interactions.get(interactionHash))
                    .filter(opened -> now.isBefore(opened.expiresAt()));
        }
    }

    private static final class AuthorizationCodesInMemory implements AuthorizationCodes {
        private record Code(AuthorizedCode code, boolean redeemed, Instant expiresAt, Instant forgetAt) {}

        private final Map<String, Code> codes = new HashMap<>();

        @Override
        public synchronized void save(String codeHash, AuthorizedCode code, Instant expiresAt, Instant forgetAt) {
            if (codes.putIfAbsent(codeHash, new Code(code, false, expiresAt, forgetAt)) != null) {
                throw new IllegalStateException("there is a code under this hash");
            }
        }

        @Override
        public synchronized Optional<AuthorizedCode> find(String codeHash, Instant now) {
            return remembered(codeHash, now).map(Code::code);
        }

        @Override
        public synchronized Redemption redeem(String codeHash, Instant now) {
            var found = remembered(codeHash, now);
            if (found.filter(Code::redeemed).isPresent()) {
                return Redemption.REUSED;
            }
            if (found.filter(code -> now.isBefore(code.expiresAt())).isEmpty()) {
                return Redemption.UNKNOWN;
            }
            var code = found.get();
            codes.put(codeHash, new Code(code.code(), true, code.expiresAt(), code.forgetAt()));
            return Redemption.REDEEMED;
        }

        private Optional<Code> remembered(String codeHash, Instant now) {
            return Optional.ofNullable(codes.get(codeHash)).filter(code -> now.isBefore(code.forgetAt()));
        }
    }

    private static final class RefreshTokensInMemory implements RefreshTokens {
        private record Token(RefreshGrant grant, boolean replaced, Instant expiresAt) {}

        private final Map<String, Token> tokens = new HashMap<>();

        @Override
        public synchronized void save(String tokenHash, RefreshGrant grant, Instant expiresAt) {
            if (tokens.putIfAbsent(tokenHash, new Token(grant, false, expiresAt)) != null) {
                throw new IllegalStateException("there is a refresh token under this hash");
            }
        }

        @Override
        public synchronized Optional<RefreshGrant> find(String tokenHash, Instant now) {
            return good(tokenHash, now).map(Token::grant);
        }

        @Override
        public synchronized Rotation rotate(String tokenHash, String successorHash, Instant now) {
            var found = good(tokenHash, now);
            if (found.isEmpty()) {
                return Rotation.UNKNOWN;
            }
            var token = found.get();
            if (token.replaced()) {
                return Rotation.REUSED;
            }
            save(successorHash, token.grant(), token.expiresAt());
            tokens.put(tokenHash, new Token(token.grant(), true, token.expiresAt()));
            return Rotation.ROTATED;
        }

        private Optional<Token> good(String tokenHash, Instant now) {
            return Optional.ofNullable(tokens.get(tokenHash)).filter(token -> now.isBefore(token.expiresAt()));
        }
    }

    private static final class OfferedInMemory implements OfferedAuthorizations {
        private record Offered(OfferedAuthorization offered, Instant expiresAt) {}

        private final Map<String, Offered> offers = new HashMap<>();

        @Override
        public synchronized void save(String stateHash, OfferedAuthorization offered, Instant expiresAt) {
            if (offers.putIfAbsent(stateHash, new Offered(offered, expiresAt)) != null) {
                throw new IllegalStateException("there is an offer under this hash");
            }
        }

        @Override
        public synchronized Optional<OfferedAuthorization> find(String stateHash, Instant now) {
            return Optional.ofNullable(offers.get(stateHash))
                    .filter(offer -> now.isBefore(offer.expiresAt()))
                    .map(Offered::offered);
        }

        @Override
        public synchronized Optional<OfferedAuthorization> consume(String stateHash, Instant now) {
            var found = find(stateHash, now);
            found.ifPresent(offered -> offers.remove(stateHash));
            return found;
        }
    }

    private static final class RevocationsInMemory implements Revocations {
        private final Set<String> revoked = ConcurrentHashMap.newKeySet();

        @Override
        public void revoke(String authorizationId, Instant forgetAt) {
            revoked.add(authorizationId);
        }

        @Override
        public boolean revoked(String authorizationId) {
            return revoked.contains(authorizationId);
        }
    }
}
