package dev.intaglio.authorization.store;

import java.util.List;

/// What a pre-authorized code stands for.
///
/// @param authorizationId random; names everything that comes of it
/// @param subject whom the credentials are about
/// @param configurationIds the Credential Configurations of the offer
public record PreAuthorization(String authorizationId, String subject, List<String> configurationIds) {
    public PreAuthorization {
        configurationIds = List.copyOf(configurationIds);
        if (configurationIds.isEmpty()) {
            throw new IllegalArgumentException("a pre-authorization is for at least one Credential Configuration");
        }
    }

    /// Without the subject.
    @Override
    public String toString() {
        return "PreAuthorization[" + authorizationId + ", " + configurationIds + "]";
    }
}
