package dev.intaglio.authorization.interaction;

import java.util.Optional;
import java.util.Set;

/// What a consent page shows (§15.1). All of it comes from the client: encode it for the page like any other stranger's text.
///
/// @param redirectUri where the answer will go; checked to be an address of this client
/// @param clientAuthenticated whether the client showed who it is: then its identifier is vouched for, if not its name
/// @param configurationIds the credentials asked for, by scope and by authorization details together (RFC 9396, section 3.1)
/// @param issuerState of a Credential Offer of ours that can still be taken up. It does not tell who sits at the browser:
///     whoever made the request may have put it there (§5.1.3)
public record Interaction(
        String clientId,
        String redirectUri,
        boolean clientAuthenticated,
        Set<String> configurationIds,
        Optional<String> issuerState) {
    public Interaction {
        configurationIds = Set.copyOf(configurationIds);
    }

    /// Without the offer's state.
    @Override
    public String toString() {
        return "Interaction[" + clientId + ", " + configurationIds + "]";
    }
}
