package dev.intaglio.issuer.spi;

import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.Issuances.Stale;
import dev.intaglio.issuer.store.Notification;

/// Follows issuance. Called on the request's thread after what is told has been recorded; should be quick; what it throws is
/// logged and changes nothing.
public interface IssuanceListener {
    /// Credentials were made and are about to be sent.
    default void issued(Entitlement entitlement, IssuanceRecord issuance) {}

    /// A wallet was told to come back later. Told once, not each time it comes back too early.
    default void deferred(Entitlement entitlement) {}

    /// A wallet told what became of its credentials (§11). Told once for each event of an issuance, however often the wallet
    /// repeats it; many wallets never tell.
    default void notified(Notification notification) {}

    /// The claims behind an issuance have changed: its credentials should be issued anew.
    default void stale(Stale issuance) {}

    static IssuanceListener none() {
        return new IssuanceListener() {};
    }
}
