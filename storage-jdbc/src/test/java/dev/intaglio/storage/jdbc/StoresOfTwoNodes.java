package dev.intaglio.storage.jdbc;

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
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.KeyStates;
import dev.intaglio.issuer.store.Leases;
import dev.intaglio.issuer.store.LogStore;
import dev.intaglio.issuer.store.Notifications;
import dev.intaglio.issuer.store.Offers;
import dev.intaglio.issuer.store.OutgoingEvents;
import dev.intaglio.issuer.store.SharedSecrets;
import dev.intaglio.issuer.store.StatusLists;
import dev.intaglio.issuer.store.StatusOperations;
import dev.intaglio.issuer.store.Traces;
import dev.intaglio.protocol.dpop.ReplayGuard;
import dev.intaglio.storage.jdbc.user.Users;
import dev.intaglio.testing.store.AuthorizationCodesContract;
import dev.intaglio.testing.store.AuthorizationRequestsContract;
import dev.intaglio.testing.store.DeferredTransactionsContract;
import dev.intaglio.testing.store.DialectTokensContract;
import dev.intaglio.testing.store.DialectUsesContract;
import dev.intaglio.testing.store.IssuanceQuotasContract;
import dev.intaglio.testing.store.IssuancesContract;
import dev.intaglio.testing.store.KeyStatesContract;
import dev.intaglio.testing.store.LeasesContract;
import dev.intaglio.testing.store.LogStoreContract;
import dev.intaglio.testing.store.NotificationsContract;
import dev.intaglio.testing.store.OfferedAuthorizationsContract;
import dev.intaglio.testing.store.OffersContract;
import dev.intaglio.testing.store.OutgoingEventsContract;
import dev.intaglio.testing.store.PreAuthorizedCodesContract;
import dev.intaglio.testing.store.RefreshTokensContract;
import dev.intaglio.testing.store.ReplayGuardContract;
import dev.intaglio.testing.store.RevocationsContract;
import dev.intaglio.testing.store.SharedSecretsContract;
import dev.intaglio.testing.store.StatusListsContract;
import dev.intaglio.testing.store.StatusOperationsContract;
import dev.intaglio.testing.store.TracesContract;
import dev.intaglio.testing.store.WatchedAttestationsContract;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/// Every contract, with the callers of a race spread over two nodes on one database.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoresOfTwoNodes {
    private List<JdbcStorage> nodes = List.of();

    abstract List<JdbcStorage> openTwo();

    /// The stores that are tried: the main issuer's, or a tenant's.
    JdbcStores tried(JdbcStorage storage) {
        return storage;
    }

    @BeforeAll
    void open() {
        nodes = openTwo();
    }

    @AfterAll
    void close() {
        nodes.forEach(JdbcStorage::close);
    }

    private <S> List<S> each(Function<JdbcStores, S> store) {
        return nodes.stream().map(this::tried).map(store).toList();
    }

    @Nested
    class TracesInDatabase extends TracesContract {
        @Override
        protected Traces store() {
            return nodes().getFirst();
        }

        @Override
        protected List<Traces> nodes() {
            return each(stores -> stores.traces());
        }
    }

    @Nested
    class WatchedAttestationsInDatabase extends WatchedAttestationsContract {
        @Override
        protected Node store() {
            return nodes().getFirst();
        }

        @Override
        protected List<Node> nodes() {
            return each(node -> new Node(node.watchedAttestations(), node.issuances()));
        }
    }

    @Nested
    class LogInDatabase extends LogStoreContract {
        @Override
        protected Node store() {
            return nodes().getFirst();
        }

        @Override
        protected List<Node> nodes() {
            return each(node -> new Node(node.log(), node.issuances(), node.leases()));
        }
    }

    @Nested
    class LeasesInDatabase extends LeasesContract {
        @Override
        protected Leases store() {
            return nodes().getFirst();
        }

        @Override
        protected List<Leases> nodes() {
            return each(JdbcStores::leases);
        }
    }

    @Nested
    class KeyStatesInDatabase extends KeyStatesContract {
        @Override
        protected KeyStates store() {
            return nodes().getFirst();
        }

        @Override
        protected LogStore log() {
            return each(JdbcStores::log).getFirst();
        }

        @Override
        protected List<KeyStates> nodes() {
            return each(JdbcStores::keyStates);
        }
    }

    @Nested
    class OffersInDatabase extends OffersContract {
        @Override
        protected Offers store() {
            return nodes().getFirst();
        }

        @Override
        protected List<Offers> nodes() {
            return each(JdbcStores::offers);
        }
    }

    @Nested
    class IssuancesInDatabase extends IssuancesContract {
        @Override
        protected Issuances store() {
            return nodes().getFirst();
        }

        @Override
        protected List<Issuances> nodes() {
            return each(JdbcStores::issuances);
        }
    }

    @Nested
    class PreAuthorizedCodesInDatabase extends PreAuthorizedCodesContract {
        @Override
        protected PreAuthorizedCodes store() {
            return nodes().getFirst();
        }

        @Override
        protected List<PreAuthorizedCodes> nodes() {
            return each(JdbcStores::preAuthorizedCodes);
        }
    }

    @Nested
    class DeferredTransactionsInDatabase extends DeferredTransactionsContract {
        @Override
        protected DeferredTransactions store() {
            return nodes().getFirst();
        }

        @Override
        protected List<DeferredTransactions> nodes() {
            return each(JdbcStores::deferredTransactions);
        }
    }

    @Nested
    class NotificationsInDatabase extends NotificationsContract {
        @Override
        protected Notifications store() {
            return nodes().getFirst();
        }

        @Override
        protected Issuances issuances() {
            return each(JdbcStores::issuances).getFirst();
        }

        @Override
        protected List<Notifications> nodes() {
            return each(JdbcStores::notifications);
        }
    }

    @Nested
    class OutgoingEventsInDatabase extends OutgoingEventsContract {
        @Override
        protected OutgoingEvents store() {
            return nodes().getFirst();
        }

        @Override
        protected List<OutgoingEvents> nodes() {
            return each(JdbcStores::outgoingEvents);
        }
    }

    @Nested
    class DialectUsesInDatabase extends DialectUsesContract {
        @Override
        protected DialectUses store() {
            return nodes().getFirst();
        }

        @Override
        protected List<DialectUses> nodes() {
            return each(JdbcStores::dialectUses);
        }
    }

    @Nested
    class DialectTokensInDatabase extends DialectTokensContract {
        @Override
        protected DialectTokens store() {
            return nodes().getFirst();
        }

        @Override
        protected List<DialectTokens> nodes() {
            return each(JdbcStores::dialectTokens);
        }
    }

    @Nested
    class IssuanceQuotasInDatabase extends IssuanceQuotasContract {
        @Override
        protected IssuanceQuotas store() {
            return nodes().getFirst();
        }

        @Override
        protected List<IssuanceQuotas> nodes() {
            return each(JdbcStores::issuanceQuotas);
        }
    }

    @Nested
    class StatusListsInDatabase extends StatusListsContract {
        @Override
        protected StatusLists store() {
            return nodes().getFirst();
        }

        @Override
        protected List<StatusLists> nodes() {
            return each(JdbcStores::statusLists);
        }
    }

    @Nested
    class StatusOperationsInDatabase extends StatusOperationsContract {
        @Override
        protected StatusOperations store() {
            return nodes().getFirst();
        }

        @Override
        protected StatusLists lists() {
            return each(JdbcStores::statusLists).getFirst();
        }

        @Override
        protected Issuances issuances() {
            return each(JdbcStores::issuances).getFirst();
        }

        @Override
        protected List<StatusOperations> nodes() {
            return each(JdbcStores::statusOperations);
        }
    }

    @Nested
    class ReplayGuardInDatabase extends ReplayGuardContract {
        @Override
        protected ReplayGuard store() {
            return nodes().getFirst();
        }

        @Override
        protected List<ReplayGuard> nodes() {
            return each(node -> node.replayGuard("issuer"));
        }
    }

    @Nested
    class AuthorizationRequestsInDatabase extends AuthorizationRequestsContract {
        @Override
        protected AuthorizationRequests store() {
            return nodes().getFirst();
        }

        @Override
        protected List<AuthorizationRequests> nodes() {
            return each(node -> node.codeFlow().requests());
        }
    }

    @Nested
    class AuthorizationCodesInDatabase extends AuthorizationCodesContract {
        @Override
        protected AuthorizationCodes store() {
            return nodes().getFirst();
        }

        @Override
        protected List<AuthorizationCodes> nodes() {
            return each(node -> node.codeFlow().codes());
        }
    }

    @Nested
    class RefreshTokensInDatabase extends RefreshTokensContract {
        @Override
        protected RefreshTokens store() {
            return nodes().getFirst();
        }

        @Override
        protected List<RefreshTokens> nodes() {
            return each(node -> node.codeFlow().refreshTokens());
        }
    }

    @Nested
    class OfferedAuthorizationsInDatabase extends OfferedAuthorizationsContract {
        @Override
        protected OfferedAuthorizations store() {
            return nodes().getFirst();
        }

        @Override
        protected List<OfferedAuthorizations> nodes() {
            return each(node -> node.codeFlow().offers());
        }
    }

    @Nested
    class RevocationsInDatabase extends RevocationsContract {
        @Override
        protected Revocations store() {
            return nodes().getFirst();
        }

        @Override
        protected List<Revocations> nodes() {
            return each(node -> node.codeFlow().revocations());
        }
    }

    @Nested
    class UsersInDatabase extends UsersInTwoNodes {
        @Override
        List<Users> users() {
            return each(JdbcStores::users);
        }
    }

    @Nested
    class SharedSecretsInDatabase extends SharedSecretsContract {
        @Override
        protected SharedSecrets store() {
            return nodes().getFirst();
        }

        @Override
        protected List<SharedSecrets> nodes() {
            return each(JdbcStores::secrets);
        }
    }
}
