package dev.intaglio.spring;

import dev.intaglio.issuer.credential.DeferralPolicy;
import dev.intaglio.issuer.ratelimit.RateLimits;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.spi.IssuanceRule;
import dev.intaglio.issuer.store.DeferredTransactions;
import dev.intaglio.issuer.store.IssuanceQuotas;
import dev.intaglio.issuer.store.Notifications;
import dev.intaglio.issuer.store.OutgoingEvents;
import dev.intaglio.issuer.webhook.WebhookDelivery;
import dev.intaglio.issuer.webhook.Webhooks;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.storage.jdbc.JdbcStorage;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/// What comes after a Credential Request: credentials that are issued later, notifications, webhooks, limits. A bean of the
/// application's own takes the place of any bean here; its [IssuanceRule] says who has to wait.
@AutoConfiguration(after = IntaglioAutoConfiguration.class)
@EnableConfigurationProperties({
    DeferralProperties.class,
    WebhookProperties.class,
    RateLimitProperties.class,
    SelfServiceProperties.class
})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class AfterRequestAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    DeferredTransactions deferredTransactionStore(JdbcStorage storage) {
        return storage.deferredTransactions();
    }

    @Bean
    @ConditionalOnMissingBean
    Notifications notificationStore(JdbcStorage storage) {
        return storage.notifications();
    }

    @Bean
    @ConditionalOnMissingBean
    OutgoingEvents outgoingEventStore(JdbcStorage storage) {
        return storage.outgoingEvents();
    }

    @Bean
    @ConditionalOnMissingBean
    IssuanceQuotas issuanceQuotaStore(JdbcStorage storage) {
        return storage.issuanceQuotas();
    }

    @Bean
    @ConditionalOnMissingBean
    RateLimits rateLimits(RateLimitProperties properties, Clock clock) {
        return properties.limits(clock);
    }

    @Bean
    @ConditionalOnMissingBean
    IssuanceRule issuanceRule() {
        return IssuanceRule.byDefinition();
    }

    @Bean
    CredentialIssuerOptions afterRequest(
            DeferredTransactions transactions,
            Notifications notifications,
            IssuanceRule rule,
            IssuanceQuotas quotas,
            RateLimits limits,
            CredentialDatasets datasets,
            SelfServiceProperties selfService,
            DeferralProperties properties) {
        var allowed = selfService.selfService();
        var judged = allowed.map(service -> service.rule(rule)).orElse(rule);
        var visible = allowed.map(service -> service.datasets(datasets)).orElse(datasets);
        return issuer -> issuer.datasets(visible)
                .deferral(transactions)
                .deferralPolicy(new DeferralPolicy(judged, properties.approvalInterval(), properties.lifetime()))
                .notifications(notifications)
                .quotas(quotas)
                .rateLimits(limits);
    }

    @Bean
    IssuanceListener webhooks(WebhookProperties properties, OutgoingEvents outgoing, Clock clock) {
        return new Webhooks(properties.targets(), outgoing, clock, new SecureRandom());
    }

    @Bean
    @Lazy(false)
    WebhookTimer webhookTimer(WebhookProperties properties, OutgoingEvents outgoing, Clock clock) {
        var targets = properties.targets();
        return targets.isEmpty()
                ? WebhookTimer.idle()
                : WebhookTimer.start(new WebhookDelivery(targets, outgoing, JdkTransport.create(), clock));
    }
}
