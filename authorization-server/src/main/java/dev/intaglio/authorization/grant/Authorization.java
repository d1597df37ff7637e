package dev.intaglio.authorization.grant;

import dev.intaglio.protocol.oauth.AuthorizationDetail;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What redeeming a grant gave: for whom, and for what.
///
/// @param scopes in alphabetical order, so that equal grants read equal
/// @param authorizationDetails what the client asked for by authorization details, with identifiers; empty if it did not
/// @param configurationIds what may be issued on the ground of an offer alone
public record Authorization(
        String authorizationId,
        String subject,
        Set<String> scopes,
        List<AuthorizationDetail> authorizationDetails,
        Set<String> configurationIds) {
    public Authorization {
        scopes = Collections.unmodifiableSortedSet(new TreeSet<>(scopes));
        authorizationDetails = List.copyOf(authorizationDetails);
        configurationIds = Set.copyOf(configurationIds);
    }

    /// Without the subject.
    @Override
    public String toString() {
        return "Authorization[" + authorizationId + "]";
    }
}
