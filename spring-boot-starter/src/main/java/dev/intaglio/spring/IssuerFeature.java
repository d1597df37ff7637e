package dev.intaglio.spring;

import dev.intaglio.issuer.CredentialIssuer;

/// Something an issuer can do beyond the bare protocol. Beans of this type are applied, in their order, to the main issuer and
/// to each tenant; settings and stores are those of the issuer at hand, so a feature keeps none of its own.
///
/// ```java
/// @Bean
/// IssuerFeature limits() {
///     return (issuer, parts) ->
///             issuer.rateLimits(parts.settings().of(RateLimitProperties.class).limits(parts.clock()));
/// }
/// ```
@FunctionalInterface
public interface IssuerFeature {
    void apply(CredentialIssuer.Builder issuer, IssuerParts parts);
}
