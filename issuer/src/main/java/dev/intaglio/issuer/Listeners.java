package dev.intaglio.issuer;

import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.Issuances.Stale;
import dev.intaglio.issuer.store.Notification;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells several; that one fails is logged, and the others are told all the same.
record Listeners(List<IssuanceListener> all) implements IssuanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    Listeners {
        all = List.copyOf(all);
    }

    @Override
    public void issued(Entitlement entitlement, IssuanceRecord issuance) {
        each(listener -> listener.issued(entitlement, issuance), issuance);
    }

    @Override
    public void deferred(Entitlement entitlement) {
        each(listener -> listener.deferred(entitlement), entitlement);
    }

    @Override
    public void notified(Notification notification) {
        each(listener -> listener.notified(notification), notification);
    }

    @Override
    public void stale(Stale issuance) {
        each(listener -> listener.stale(issuance), issuance);
    }

    private void each(Consumer<IssuanceListener> told, Object what) {
        for (var listener : all) {
            try {
                told.accept(listener);
            } catch (RuntimeException ignorable) {
                LOG.warn("an issuance listener failed for {}", what, ignorable);
            }
        }
    }
}
