package dev.intaglio.protocol.oauth;

import dev.intaglio.protocol.clientattestation.AttestedWallet;
import dev.intaglio.protocol.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a verified access token says: who may get what until when. Not the token itself.
///
/// @param subject whom the credentials are about, as the data source knows them
/// @param clientId empty if the token was obtained anonymously (§6.1)
/// @param scopes granted scope values
/// @param authorizationDetails granted authorization details with `credential_identifiers`; empty if none were used
/// @param configurationIds what a Credential Offer granted without scope or authorization details
/// @param dpopKeyThumbprint the key the token is bound to (`cnf.jkt`, RFC 9449 section 6.1)
/// @param authorizationId tells apart what different authorizations started; opaque
/// @param claims what the authorization server says about the subject besides, of what the issuer asked for
/// @param wallet what a Client Attestation told, if the wallet had one
public record AccessToken(
        String subject,
        Optional<String> clientId,
        Set<String> scopes,
        List<AuthorizationDetail> authorizationDetails,
        Set<String> configurationIds,
        Optional<String> dpopKeyThumbprint,
        String authorizationId,
        Instant expiresAt,
        JsonObject claims,
        Optional<AttestedWallet> wallet) {
    public AccessToken {
        scopes = Set.copyOf(scopes);
        authorizationDetails = List.copyOf(authorizationDetails);
        configurationIds = Set.copyOf(configurationIds);
    }

    /// A token that says nothing about its subject.
    public AccessToken(
            String subject,
            Optional<String> clientId,
            Set<String> scopes,
            List<AuthorizationDetail> authorizationDetails,
            Set<String> configurationIds,
            Optional<String> dpopKeyThumbprint,
            String authorizationId,
            Instant expiresAt) {
        this(
                subject,
                clientId,
                scopes,
                authorizationDetails,
                configurationIds,
                dpopKeyThumbprint,
                authorizationId,
                expiresAt,
                JsonObject.empty(),
                Optional.empty());
    }

    /// Without the subject.
    @Override
    public String toString() {
        return "AccessToken[authorizationId=" + authorizationId + ", expiresAt=" + expiresAt + "]";
    }
}
