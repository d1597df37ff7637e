package dev.intaglio.issuer.cascade;

import dev.intaglio.issuer.spi.KeyAttestationStatus;
import dev.intaglio.issuer.spi.KeyAttestationStatus.Standing;
import dev.intaglio.issuer.status.CredentialStatuses;
import dev.intaglio.issuer.status.CredentialStatuses.Order;
import dev.intaglio.issuer.store.StatusOperation;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.issuer.store.StatusVerb;
import dev.intaglio.issuer.store.WatchedAttestations;
import dev.intaglio.issuer.store.WatchedAttestations.Found;
import dev.intaglio.issuer.store.WatchedAttestations.Watched;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the status of credentials follow that of the attestations they rest on: Wallet Attestations (OpenID4VCI App. E) and key
/// attestations (App. D). When a wallet provider revokes one, the credentials issued on its word are revoked; when it suspends
/// one, they are suspended. Nothing is reinstated here: somebody else may have had a reason of his own to suspend them.
public final class WalletCascade {
    /// Who the operations are by.
    public static final String ACTOR = "attestation-status";

    private static final Logger LOG = LoggerFactory.getLogger(WalletCascade.class);
    private static final int AT_A_TIME = 200;

    private final WatchedAttestations attestations;
    private final CredentialStatuses statuses;
    private final KeyAttestationStatus wallets;
    private final KeyAttestationStatus keys;
    private final Clock clock;

    /// @param wallets reads the statuses of Wallet Attestations
    /// @param keys reads those of key attestations
    public WalletCascade(
            WatchedAttestations attestations,
            CredentialStatuses statuses,
            KeyAttestationStatus wallets,
            KeyAttestationStatus keys,
            Clock clock) {
        this.attestations = attestations;
        this.statuses = statuses;
        this.wallets = wallets;
        this.keys = keys;
        this.clock = clock;
    }

    /// Looks at the statuses of attestations nobody looked at for so long, on whichever node. A status that cannot be learnt
    /// changes nothing; it is looked at again next time.
    ///
    /// @return what was done to credentials
    public List<StatusOperation> follow(Duration interval) {
        var done = new ArrayList<StatusOperation>();
        List<Watched> taken;
        do {
            var now = clock.instant();
            taken = attestations.take(now.minus(interval), now, AT_A_TIME);
            taken.forEach(watched -> look(watched).ifPresent(done::add));
        } while (!taken.isEmpty());
        return done;
    }

    private Optional<StatusOperation> look(Watched watched) {
        var reader = switch (watched.reference().kind()) {
            case WALLET -> wallets;
            case KEYS -> keys;
        };
        return switch (reader.find(watched.reference().status())) {
            case Standing.Valid() -> nothing(watched);
            case Standing.Revoked(var reason) -> cascade(watched, Found.REVOKED, StatusVerb.REVOKE, reason);
            case Standing.Suspended(var reason) -> cascade(watched, Found.SUSPENDED, StatusVerb.SUSPEND, reason);
            case Standing.Unknown(var reason) -> {
                LOG.warn("The status of an attestation that credentials rest on cannot be learnt: {}", reason);
                yield Optional.empty();
            }
        };
    }

    private Optional<StatusOperation> nothing(Watched watched) {
        if (watched.found() != Found.NOTHING) {
            attestations.found(watched, Found.NOTHING);
        }
        return Optional.empty();
    }

    /// First done and then put down: whoever dies in between does it twice, and the second time changes nothing.
    private Optional<StatusOperation> cascade(Watched watched, Found found, StatusVerb verb, String reason) {
        if (watched.found() == found) {
            return Optional.empty();
        }
        var what = switch (watched.reference().kind()) {
            case WALLET -> "the wallet's attestation";
            case KEYS -> "the attestation of the keys";
        };
        var operation = statuses.change(Order.of(
                verb,
                StatusSelector.ofAttestation(watched.reference()),
                what + " is no longer good: " + shortened(reason),
                ACTOR));
        LOG.info("Credentials follow {} ({}): {}", what, verb, operation);
        attestations.found(watched, found);
        return Optional.of(operation);
    }

    private static String shortened(String reason) {
        return reason.length() > 300 ? reason.substring(0, 300) : reason;
    }
}
