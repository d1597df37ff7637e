package dev.intaglio.spring;

import dev.intaglio.authorization.interaction.UserInteraction;
import java.util.Optional;

/// Who asks the users of a tenant who they are. Without such a bean no tenant has the authorization code flow of its own.
@FunctionalInterface
public interface TenantSignIn {
    /// Called when the tenant is assembled.
    ///
    /// @return empty if its settings have no way to sign in
    Optional<Asking> of(IssuerParts tenant);

    /// @param pages what stands around the authorization endpoint
    record Asking(UserInteraction interaction, Optional<AuthorizationPages> pages) {}
}
