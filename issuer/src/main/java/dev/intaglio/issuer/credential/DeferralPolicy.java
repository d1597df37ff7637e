package dev.intaglio.issuer.credential;

import dev.intaglio.issuer.spi.IssuanceRule;
import java.time.Duration;

/// When credentials are issued later, and how long they wait (§9).
///
/// @param rule who gets a credential now, later, or when somebody has approved
/// @param approvalInterval how long a wallet is told to wait while an operator has not decided
/// @param lifetime how long a wallet can come back
public record DeferralPolicy(IssuanceRule rule, Duration approvalInterval, Duration lifetime) {
    /// As definitions say; asked again after a minute; for thirty days.
    public static final DeferralPolicy DEFAULT =
            new DeferralPolicy(IssuanceRule.byDefinition(), Duration.ofMinutes(1), Duration.ofDays(30));

    public DeferralPolicy {
        if (!approvalInterval.isPositive() || !lifetime.isPositive()) {
            throw new IllegalArgumentException("intervals and lifetimes are longer than nothing");
        }
    }

    public DeferralPolicy with(IssuanceRule other) {
        return new DeferralPolicy(other, approvalInterval, lifetime);
    }
}
