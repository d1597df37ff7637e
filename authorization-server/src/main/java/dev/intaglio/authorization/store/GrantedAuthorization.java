package dev.intaglio.authorization.store;

import dev.intaglio.protocol.oauth.AuthorizationDetail;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What a user agreed to: the origin of a code, and of all tokens that come of it.
///
/// @param authorizationId random; names everything that comes of it
/// @param subject whom the credentials are about
/// @param scopes those that stand for credentials
/// @param authorizationDetails with `credential_identifiers`; empty if the client asked by scope alone
public record GrantedAuthorization(
        String authorizationId,
        String subject,
        String clientId,
        Set<String> scopes,
        List<AuthorizationDetail> authorizationDetails) {
    public GrantedAuthorization {
        scopes = Collections.unmodifiableSet(new TreeSet<>(scopes));
        authorizationDetails = List.copyOf(authorizationDetails);
        if (scopes.isEmpty() && authorizationDetails.isEmpty()) {
            throw new IllegalArgumentException("an authorization is for at least one credential");
        }
    }

    /// Without the subject.
    @Override
    public String toString() {
        return "GrantedAuthorization[" + authorizationId + "]";
    }
}
