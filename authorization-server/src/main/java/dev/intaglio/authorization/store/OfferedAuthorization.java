package dev.intaglio.authorization.store;

import java.util.List;
import java.util.Optional;

/// What an `issuer_state` stands for: a Credential Offer with the authorization code grant (§4.1.1).
///
/// @param subject whom the credentials will be about; empty if whoever signs in may take the offer up
/// @param singleUse whether one user's consent uses the offer up; otherwise it serves any number of wallets until it expires
public record OfferedAuthorization(Optional<String> subject, List<String> configurationIds, boolean singleUse) {
    public OfferedAuthorization {
        configurationIds = List.copyOf(configurationIds);
        if (configurationIds.isEmpty()) {
            throw new IllegalArgumentException("an offer is for at least one credential configuration");
        }
    }

    /// Without the subject.
    @Override
    public String toString() {
        return "OfferedAuthorization[" + configurationIds + "]";
    }
}
