package dev.intaglio.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.authorization.store.AuthorizationCodes;
import dev.intaglio.authorization.store.AuthorizationRequests;
import dev.intaglio.authorization.store.OfferedAuthorizations;
import dev.intaglio.authorization.store.PreAuthorizedCodes;
import dev.intaglio.authorization.store.RefreshTokens;
import dev.intaglio.authorization.store.Revocations;
import dev.intaglio.issuer.store.DeferredTransactions;
import dev.intaglio.issuer.store.DialectTokens;
import dev.intaglio.issuer.store.DialectUses;
import dev.intaglio.issuer.store.IssuanceQuotas;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.Leases;
import dev.intaglio.issuer.store.Notifications;
import dev.intaglio.issuer.store.Offers;
import dev.intaglio.issuer.store.OutgoingEvents;
import dev.intaglio.issuer.store.SharedSecrets;
import dev.intaglio.issuer.store.StatusLists;
import dev.intaglio.issuer.store.StatusOperations;
import dev.intaglio.protocol.dpop.ReplayGuard;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Stores in memory")
class InMemoryStoresTest {
    private final InMemoryStores stores = new InMemoryStores();

    @Nested
    class InMemoryOffers extends OffersContract {
        @Override
        protected Offers store() {
            return stores.offers();
        }
    }

    @Nested
    class InMemoryWatchedAttestations extends WatchedAttestationsContract {
        @Override
        protected Node store() {
            return new Node(stores.watchedAttestations(), stores.issuances());
        }
    }

    @Nested
    class InMemoryLog extends LogStoreContract {
        @Override
        protected Node store() {
            return new Node(stores.log(), stores.issuances(), stores.leases());
        }
    }

    @Nested
    class InMemoryLeases extends LeasesContract {
        @Override
        protected Leases store() {
            return stores.leases();
        }
    }

    @Nested
    class InMemoryIssuances extends IssuancesContract {
        @Override
        protected Issuances store() {
            return stores.issuances();
        }
    }

    @Nested
    class InMemoryDeferredTransactions extends DeferredTransactionsContract {
        @Override
        protected DeferredTransactions store() {
            return stores.deferredTransactions();
        }
    }

    @Nested
    class InMemoryNotifications extends NotificationsContract {
        @Override
        protected Notifications store() {
            return stores.notifications();
        }

        @Override
        protected Issuances issuances() {
            return stores.issuances();
        }
    }

    @Nested
    class InMemoryOutgoingEvents extends OutgoingEventsContract {
        @Override
        protected OutgoingEvents store() {
            return stores.outgoingEvents();
        }
    }

    @Nested
    class InMemoryDialectUses extends DialectUsesContract {
        private final DialectUses store = new InMemoryStores().dialectUses();

        @Override
        protected DialectUses store() {
            return store;
        }
    }

    @Nested
    class InMemoryDialectTokens extends DialectTokensContract {
        private final DialectTokens store = new InMemoryStores().dialectTokens();

        @Override
        protected DialectTokens store() {
            return store;
        }
    }

    @Nested
    class InMemoryIssuanceQuotas extends IssuanceQuotasContract {
        @Override
        protected IssuanceQuotas store() {
            return stores.issuanceQuotas();
        }
    }

    @Nested
    class InMemoryStatusLists extends StatusListsContract {
        @Override
        protected StatusLists store() {
            return stores.statusLists();
        }
    }

    @Nested
    class InMemoryStatusOperations extends StatusOperationsContract {
        @Override
        protected StatusOperations store() {
            return stores.statusOperations();
        }

        @Override
        protected StatusLists lists() {
            return stores.statusLists();
        }

        @Override
        protected Issuances issuances() {
            return stores.issuances();
        }
    }

    @Nested
    class InMemoryPreAuthorizedCodes extends PreAuthorizedCodesContract {
        @Override
        protected PreAuthorizedCodes store() {
            return stores.preAuthorizedCodes();
        }
    }

    @Nested
    class InMemoryOfferedAuthorizations extends OfferedAuthorizationsContract {
        @Override
        protected OfferedAuthorizations store() {
            return stores.codeFlow().offers();
        }
    }

    @Nested
    class InMemoryReplayGuard extends ReplayGuardContract {
        @Override
        protected ReplayGuard store() {
            return stores.replayGuard("issuer");
        }
    }

    @Nested
    class InMemoryAuthorizationRequests extends AuthorizationRequestsContract {
        @Override
        protected AuthorizationRequests store() {
            return stores.codeFlow().requests();
        }
    }

    @Nested
    class InMemoryAuthorizationCodes extends AuthorizationCodesContract {
        @Override
        protected AuthorizationCodes store() {
            return stores.codeFlow().codes();
        }
    }

    @Nested
    class InMemoryRefreshTokens extends RefreshTokensContract {
        @Override
        protected RefreshTokens store() {
            return stores.codeFlow().refreshTokens();
        }
    }

    @Nested
    class InMemoryRevocations extends RevocationsContract {
        @Override
        protected Revocations store() {
            return stores.codeFlow().revocations();
        }
    }

    @Nested
    class InMemorySharedSecrets extends SharedSecretsContract {
        @Override
        protected SharedSecrets store() {
            return stores.secrets();
        }
    }

    @Test
    @DisplayName("values of one realm are unused in another")
    void realmsAreApart() {
        var forgetAt = Instant.parse("2026-11-01T12:05:00Z");
        assertThat(stores.replayGuard("issuer").firstUse("value", forgetAt)).isTrue();
        assertThat(stores.replayGuard("authorization").firstUse("value", forgetAt))
                .isTrue();
        assertThat(stores.replayGuard("issuer").firstUse("value", forgetAt)).isFalse();
    }

    @Test
    @DisplayName("recorded issuances can be looked at, in order")
    void showsWhatWasRecorded() {
        var first = new IssuanceRecord("1", "authorization", "degree", "subject", 1, Instant.EPOCH);
        var second = new IssuanceRecord("2", "authorization", "degree", "subject", 2, Instant.EPOCH);
        stores.issuances().record(first, List.of());
        stores.issuances().record(second, List.of());
        assertThat(stores.issued()).containsExactly(first, second);
    }
}
