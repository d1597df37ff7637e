package dev.intaglio.spring;

import dev.intaglio.authorization.store.CodeFlowStores;
import dev.intaglio.authorization.store.PreAuthorizedCodes;
import dev.intaglio.issuer.store.DeferredTransactions;
import dev.intaglio.issuer.store.IssuanceQuotas;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.Notifications;
import dev.intaglio.issuer.store.Offers;
import dev.intaglio.issuer.store.OutgoingEvents;
import dev.intaglio.protocol.dpop.ReplayGuard;
import dev.intaglio.storage.jdbc.JdbcStores;

/// What one issuer and its authorization server remember.
///
/// @param replayGuard one for both servers: a proof is for one address and cannot be used at the other anyway
/// @param database everything else, confined to this issuer
public record IssuerStores(
        Offers offers,
        Issuances issuances,
        DeferredTransactions deferredTransactions,
        Notifications notifications,
        IssuanceQuotas issuanceQuotas,
        OutgoingEvents outgoingEvents,
        PreAuthorizedCodes preAuthorizedCodes,
        CodeFlowStores codeFlow,
        ReplayGuard replayGuard,
        JdbcStores database) {
    static IssuerStores of(JdbcStores database) {
        return new IssuerStores(
                database.offers(),
                database.issuances(),
                database.deferredTransactions(),
                database.notifications(),
                database.issuanceQuotas(),
                database.outgoingEvents(),
                database.preAuthorizedCodes(),
                database.codeFlow(),
                database.replayGuard("dpop"),
                database);
    }
}
