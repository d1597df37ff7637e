package dev.intaglio.spring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Credentials that are issued later.
///
/// @param approvalInterval How long a wallet is told to wait before it asks again, while nobody has approved or denied.
/// @param lifetime How long a wallet can come back for credentials that were not ready.
@ConfigurationProperties("intaglio.deferral")
public record DeferralProperties(
        @DefaultValue("1m") Duration approvalInterval,
        @DefaultValue("30d") Duration lifetime) {}
