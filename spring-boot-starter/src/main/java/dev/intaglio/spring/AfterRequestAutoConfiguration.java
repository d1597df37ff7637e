package dev.intaglio.spring;

import dev.intaglio.issuer.credential.DeferralPolicy;
import dev.intaglio.issuer.spi.IssuanceRule;
import dev.intaglio.issuer.store.DeferredTransactions;
import dev.intaglio.issuer.store.IssuanceQuotas;
import dev.intaglio.issuer.store.Notifications;
import dev.intaglio.issuer.store.OutgoingEvents;
import dev.intaglio.issuer.webhook.WebhookDelivery;
import dev.intaglio.issuer.webhook.Webhooks;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.storage.jdbc.JdbcStorage;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
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
    IssuanceRule issuanceRule() {
        return IssuanceRule.byDefinition();
    }

    @Bean
    IssuerFeature afterRequest(IssuanceRule rule) {
        return (issuer, parts) -> {
            var settings = parts.settings();
            var stores = parts.stores();
            var deferral = settings.of(DeferralProperties.class);
            var allowed = settings.of(SelfServiceProperties.class).selfService();
            var judged = allowed.map(service -> service.rule(rule)).orElse(rule);
            var claims = parts.handedClaims().before(parts.datasets());
            issuer.datasets(allowed.map(service -> service.datasets(claims)).orElse(claims))
                    .deferral(stores.deferredTransactions())
                    .deferralPolicy(new DeferralPolicy(judged, deferral.approvalInterval(), deferral.lifetime()))
                    .notifications(stores.notifications())
                    .quotas(stores.issuanceQuotas())
                    .rateLimits(settings.of(RateLimitProperties.class).limits(parts.clock()));
        };
    }

    @Bean
    IssuerFeature webhooks() {
        return (issuer, parts) -> {
            var targets = parts.settings().of(WebhookProperties.class).targets();
            if (!targets.isEmpty()) {
                issuer.listener(
                        new Webhooks(targets, parts.stores().outgoingEvents(), parts.clock(), new SecureRandom()));
            }
        };
    }

    @Bean
    @Lazy(false)
    WebhookTimer webhookTimer(
            WebhookProperties properties,
            OutgoingEvents outgoing,
            JdbcStorage storage,
            TenantIssuers tenants,
            Clock clock) {
        var transport = JdkTransport.create();
        var targets = properties.targets();
        var main = targets.isEmpty()
                ? Optional.<WebhookDelivery>empty()
                : Optional.of(new WebhookDelivery(targets, outgoing, transport, clock));
        return new WebhookTimer(() -> {
            main.ifPresent(WebhookDelivery::deliver);
            storage.withDueEvents(clock.instant()).stream()
                    .filter(name -> !name.isEmpty())
                    .flatMap(name -> tenants.find(name).stream())
                    .map(tenant -> tenant.keep(WebhookDelivery.class, issuer -> delivery(issuer, transport)))
                    .forEach(WebhookDelivery::deliver);
        });
    }

    private static WebhookDelivery delivery(AssembledIssuer tenant, Handler transport) {
        var parts = tenant.parts();
        return new WebhookDelivery(
                parts.settings().of(WebhookProperties.class).targets(),
                parts.stores().outgoingEvents(),
                transport,
                parts.clock());
    }
}
