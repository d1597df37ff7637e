package dev.intaglio.authorization.grant;

import dev.intaglio.authorization.store.GrantedAuthorization;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.oauth.AuthorizationErrors;
import dev.intaglio.protocol.oauth.AuthorizationRequest;
import dev.intaglio.protocol.oauth.TokenErrors;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds out which credentials a request is about: by authorization details (§5.1.1), by scope (§5.1.2), or by both.
public final class RequestableCredentials {
    private final List<RequestableCredential> credentials;
    private final URI credentialIssuer;
    private final boolean locationsRequired;

    /// @param locationsRequired whether the issuer's metadata has `authorization_servers`: then authorization details name the
    ///     issuer (§5.1.1)
    public RequestableCredentials(
            List<RequestableCredential> credentials, URI credentialIssuer, boolean locationsRequired) {
        this.credentials = List.copyOf(credentials);
        this.credentialIssuer = credentialIssuer;
        this.locationsRequired = locationsRequired;
    }

    /// What a request asks for.
    ///
    /// @param scopes those that are known
    /// @param details empty if the client asked by scope alone
    /// @param configurationIds all of it, for the user to see
    public record Asked(Set<String> scopes, List<AuthorizationDetail> details, Set<String> configurationIds) {
        public Asked {
            scopes = Collections.unmodifiableSet(new TreeSet<>(scopes));
            details = List.copyOf(details);
            configurationIds = Collections.unmodifiableSet(new LinkedHashSet<>(configurationIds));
        }
    }

    /// @throws dev.intaglio.protocol.oauth.Refusal `invalid_authorization_details`, `invalid_scope` or `invalid_target`
    public Asked asked(AuthorizationRequest request) {
        if (request.resource()
                .filter(resource -> !resource.equals(credentialIssuer.toString()))
                .isPresent()) {
            throw AuthorizationErrors.invalidTarget("resource is not the Credential Issuer Identifier")
                    .expected(credentialIssuer.toString())
                    .came(Shown.value(request.resource().orElse("")));
        }
        requireValid(request.authorizationDetails());
        var scopes = known(request.scope());
        var details = new ArrayList<>(request.authorizationDetails());
        var ids = new LinkedHashSet<>(details.stream()
                .map(AuthorizationDetail::credentialConfigurationId)
                .toList());
        var byScope = configurations(scopes);
        if (details.isEmpty() && byScope.isEmpty()) {
            throw AuthorizationErrors.invalidScope(
                            "no credential is asked for: neither authorization_details nor a scope of the issuer's metadata")
                    .expected("authorization_details of type openid_credential, or a scope among "
                            + Shown.names(credentials.stream()
                                    .flatMap(one -> one.scope().stream())
                                    .distinct()
                                    .toList()))
                    .came(request.scope()
                            .map(scope -> "scope " + Shown.value(scope))
                            .orElse("neither"));
        }
        if (!details.isEmpty()) {
            // Who asked by details for one credential must ask by credential_identifier for all (§8.2), so those asked
            // for
            // by scope get identifiers too. What was asked for in both ways follows the details (§5.1.2).
            byScope.stream()
                    .filter(id -> !ids.contains(id))
                    .map(AuthorizationDetail::of)
                    .forEach(details::add);
        }
        ids.addAll(byScope);
        return new Asked(scopes, details, ids);
    }

    /// These details and scopes, which were asked for among others.
    Asked only(List<AuthorizationDetail> details, Set<String> scopes) {
        var ids = new LinkedHashSet<>(details.stream()
                .map(AuthorizationDetail::credentialConfigurationId)
                .toList());
        if (details.isEmpty()) {
            ids.addAll(configurations(scopes));
            return new Asked(scopes, details, ids);
        }
        return new Asked(scopesOf(scopes, ids), details, ids);
    }

    /// Those of the scopes that stand for one of these configurations at least.
    Set<String> scopesOf(Set<String> scopes, Collection<String> configurationIds) {
        var left = new TreeSet<>(scopes);
        left.removeIf(scope -> Collections.disjoint(configurations(Set.of(scope)), configurationIds));
        return left;
    }

    GrantedAuthorization granted(String authorizationId, String subject, String clientId, Asked asked) {
        var details = asked.details().stream()
                .map(detail -> identified(authorizationId, detail))
                .toList();
        return new GrantedAuthorization(authorizationId, subject, clientId, asked.scopes(), details);
    }

    /// The authorization a token request gets: all that was granted, or the part its `authorization_details` name (§6.1.1).
    ///
    /// @throws dev.intaglio.protocol.oauth.Refusal `invalid_authorization_details`
    Authorization narrowed(GrantedAuthorization granted, List<AuthorizationDetail> requested) {
        if (requested.isEmpty()) {
            return authorization(granted, granted.scopes(), granted.authorizationDetails());
        }
        requireValid(requested);
        var details =
                requested.stream().map(detail -> grantedDetail(granted, detail)).toList();
        var ids = details.stream()
                .map(AuthorizationDetail::credentialConfigurationId)
                .toList();
        return authorization(granted, scopesOf(granted.scopes(), ids), details);
    }

    /// The same, by the `scope` of a refresh request (RFC 6749, section 6). Where authorization details were granted, they say
    /// what for, and the scope may only be repeated.
    Authorization narrowed(GrantedAuthorization granted, String scope) {
        var wanted = known(Optional.of(scope));
        if (wanted.equals(granted.scopes()) && !wanted.isEmpty()) {
            return authorization(granted, granted.scopes(), granted.authorizationDetails());
        }
        if (wanted.isEmpty()
                || !granted.scopes().containsAll(wanted)
                || !granted.authorizationDetails().isEmpty()) {
            throw AuthorizationErrors.invalidScope("scope is not part of what was granted");
        }
        return authorization(granted, wanted, List.of());
    }

    private AuthorizationDetail grantedDetail(GrantedAuthorization granted, AuthorizationDetail requested) {
        var id = requested.credentialConfigurationId();
        var found = granted.authorizationDetails().stream()
                .filter(detail -> detail.credentialConfigurationId().equals(id))
                .findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        if (!granted.authorizationDetails().isEmpty()
                || !configurations(granted.scopes()).contains(id)) {
            throw TokenErrors.invalidAuthorizationDetails(
                    "a credential_configuration_id is not part of what was granted");
        }
        return identified(granted.authorizationId(), requested);
    }

    private void requireValid(List<AuthorizationDetail> details) {
        var ids = new HashSet<String>();
        for (var detail : details) {
            var id = detail.credentialConfigurationId();
            if (credentials.stream()
                    .noneMatch(credential -> credential.configurationId().equals(id))) {
                throw TokenErrors.invalidAuthorizationDetails(
                                "a credential_configuration_id is not in the issuer's metadata")
                        .expected(Shown.names(credentials.stream()
                                .map(RequestableCredential::configurationId)
                                .toList()))
                        .came(Shown.value(id));
            }
            if (!ids.add(id)) {
                throw TokenErrors.invalidAuthorizationDetails(
                        "one credential_configuration_id stands in two authorization details");
            }
            requireLocations(detail.locations());
        }
    }

    private void requireLocations(List<String> locations) {
        if (locations.isEmpty() ? locationsRequired : !locations.contains(credentialIssuer.toString())) {
            throw TokenErrors.invalidAuthorizationDetails("locations does not hold the Credential Issuer Identifier")
                    .expected(credentialIssuer.toString())
                    .came(Shown.names(locations));
        }
    }

    private Set<String> known(Optional<String> scope) {
        var values = new TreeSet<>(scope.map(RequestableCredentials::tokens).orElse(Set.of()));
        values.removeIf(value -> configurations(Set.of(value)).isEmpty());
        return values;
    }

    private Set<String> configurations(Collection<String> scopes) {
        var ids = new LinkedHashSet<String>();
        for (var credential : credentials) {
            if (credential.scope().filter(scopes::contains).isPresent()) {
                ids.add(credential.configurationId());
            }
        }
        return ids;
    }

    private static Set<String> tokens(String scope) {
        var values = new LinkedHashSet<>(Arrays.asList(scope.split(" ")));
        values.remove("");
        return values;
    }

    /// Names a dataset without saying anything about it.
    private static AuthorizationDetail identified(String authorizationId, AuthorizationDetail detail) {
        var name = authorizationId + ' ' + detail.credentialConfigurationId();
        return detail.withIdentifiers(
                List.of(SignedJwt.sha256(name.getBytes(StandardCharsets.UTF_8)).substring(0, 22)));
    }

    private static Authorization authorization(
            GrantedAuthorization granted, Set<String> scopes, List<AuthorizationDetail> details) {
        return new Authorization(granted.authorizationId(), granted.subject(), scopes, details, Set.of());
    }
}
