package dev.intaglio.authorization.interaction;

import java.net.URI;

/// Who asks the user.
public sealed interface UserInteraction {
    /// Pages of the deployer: the browser is sent there with the identifier of an [Interaction], and comes back by the address
    /// that [dev.intaglio.authorization.AuthorizationServer#complete] gives.
    record Pages(Address address) implements UserInteraction {}

    /// Nobody: every request is approved, for this one person. For tests and demonstrations.
    record AutoApproval(String subject) implements UserInteraction {
        /// Without the subject.
        @Override
        public String toString() {
            return "AutoApproval";
        }
    }

    /// Where the page for an interaction is, such as `id -> URI.create("https://issuer.example/login?interaction=" + id)`. The
    /// identifier consists of letters, digits, `-` and `_`.
    @FunctionalInterface
    interface Address {
        URI of(String interactionId);
    }
}
