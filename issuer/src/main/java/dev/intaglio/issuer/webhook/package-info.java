/// Tells other systems by HTTP what happens to credentials: signed, tried again until it is heard, without claims.
/// [Webhooks] puts events down, [WebhookDelivery] sends them.
@NullMarked
package dev.intaglio.issuer.webhook;

import org.jspecify.annotations.NullMarked;
