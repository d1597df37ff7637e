package dev.intaglio.spring;

import dev.intaglio.issuer.CredentialIssuer;

/// Sets options of the Credential Issuer beyond those the properties have. Beans of this type are asked in their order, after
/// the properties were read.
///
/// ```java
/// @Bean
/// CredentialIssuerOptions officeHours(Clock clock) {
///     return issuer -> issuer.deferralPolicy(DeferralPolicy.DEFAULT.with(new OfficeHours(clock)));
/// }
/// ```
@FunctionalInterface
public interface CredentialIssuerOptions {
    void apply(CredentialIssuer.Builder issuer);
}
