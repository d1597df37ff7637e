package dev.intaglio.spring;

import dev.intaglio.authorization.client.AttestationStatus;
import dev.intaglio.issuer.cascade.WalletCascade;
import dev.intaglio.issuer.proof.KeyAttestationPolicy;
import dev.intaglio.issuer.spi.KeyAttestationStatus;
import dev.intaglio.storage.jdbc.JdbcStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;

/// Follows the attestations that credentials of all issuers rest on. Each issuer believes those it believes when it issues.
final class WalletCascades {
    private final AttestationStatuses statuses;
    private final Duration interval;
    private final JdbcStorage storage;
    private final AssembledIssuer main;
    private final TenantIssuers tenants;
    private final Clock clock;

    /// @param interval how often each attestation is looked at
    WalletCascades(
            AttestationStatuses statuses,
            Duration interval,
            JdbcStorage storage,
            AssembledIssuer main,
            TenantIssuers tenants,
            Clock clock) {
        this.statuses = statuses;
        this.interval = interval;
        this.storage = storage;
        this.main = main;
        this.tenants = tenants;
        this.clock = clock;
    }

    /// Looks at what is due, of the issuers that have any.
    void follow() {
        var now = clock.instant();
        for (var name : storage.withWatchedAttestations(now.minus(interval), now)) {
            if (name.isEmpty()) {
                cascade(main).follow(interval);
            } else {
                tenants.find(name).map(this::cascade).ifPresent(cascade -> cascade.follow(interval));
            }
        }
    }

    private WalletCascade cascade(AssembledIssuer issuer) {
        return issuer.keep(WalletCascade.class, this::make);
    }

    private WalletCascade make(AssembledIssuer issuer) {
        var parts = issuer.parts();
        var keys = parts.settings()
                .of(KeyAttestationProperties.class)
                .policy(statuses.of(parts))
                .map(KeyAttestationPolicy::status)
                .orElseGet(() -> nobodyTrusted("key attestations"));
        return new WalletCascade(
                parts.stores().database().watchedAttestations(),
                issuer.issuer().statuses(),
                wallets(parts),
                keys,
                clock);
    }

    private KeyAttestationStatus wallets(IssuerParts parts) {
        try {
            return AuthorizationSettings.of(parts.settings().of(AuthorizationProperties.class), statuses.of(parts))
                    .attestations()
                    .map(policy ->
                            policy.status().map(WalletCascades::asOfKeys).orElseGet(KeyAttestationStatus::unchecked))
                    .orElseGet(() -> nobodyTrusted("wallet attestations"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static KeyAttestationStatus nobodyTrusted(String what) {
        return status -> new KeyAttestationStatus.Standing.Unknown("nobody is trusted (any more) with " + what);
    }

    private static KeyAttestationStatus asOfKeys(AttestationStatus wallets) {
        return claim -> switch (wallets.find(claim)) {
            case AttestationStatus.Standing.Valid() -> new KeyAttestationStatus.Standing.Valid();
            case AttestationStatus.Standing.Revoked(var reason) -> new KeyAttestationStatus.Standing.Revoked(reason);
            case AttestationStatus.Standing.Suspended(var reason) ->
                new KeyAttestationStatus.Standing.Suspended(reason);
            case AttestationStatus.Standing.Unknown(var reason) -> new KeyAttestationStatus.Standing.Unknown(reason);
        };
    }
}
