package dev.intaglio.issuer.accesstoken;

import dev.intaglio.protocol.metadata.Identifiers;
import java.net.URI;
import java.util.Set;

/// An authorization server that is not ours, and what its access tokens must say to be good here (§5, RFC 9068 section 4).
///
/// ```java
/// var server = ExternalAuthorizationServer.of(URI.create("https://login.example/realms/citizens"), issuerIdentifier)
///         .withSubjectClaim("national_id");
/// ```
///
/// @param issuer its identifier, which its tokens have as `iss` and its metadata as `issuer`
/// @param credentialIssuer who we are: the `locations` of authorization details (§5.1.1)
/// @param audiences one of these is in a token's `aud`: tokens for other services are not for us
/// @param subjectClaim the claim that names whom the credentials are about, as the data source knows them
/// @param claims what else is taken from tokens, for a data source that wants it
public record ExternalAuthorizationServer(
        URI issuer, URI credentialIssuer, Set<String> audiences, String subjectClaim, Set<String> claims) {
    public ExternalAuthorizationServer {
        Identifiers.require("the issuer of an authorization server", issuer);
        audiences = Set.copyOf(audiences);
        claims = Set.copyOf(claims);
        if (audiences.isEmpty() || subjectClaim.isEmpty()) {
            throw new IllegalArgumentException(
                    "an external authorization server needs an audience and a subject claim");
        }
    }

    /// The audience is the Credential Issuer Identifier, the subject is `sub`.
    public static ExternalAuthorizationServer of(URI issuer, URI credentialIssuer) {
        return new ExternalAuthorizationServer(
                issuer, credentialIssuer, Set.of(credentialIssuer.toString()), "sub", Set.of());
    }

    public ExternalAuthorizationServer withAudiences(Set<String> accepted) {
        return new ExternalAuthorizationServer(issuer, credentialIssuer, accepted, subjectClaim, claims);
    }

    public ExternalAuthorizationServer withSubjectClaim(String claim) {
        return new ExternalAuthorizationServer(issuer, credentialIssuer, audiences, claim, claims);
    }

    /// Takes these claims about the subject from tokens as well.
    public ExternalAuthorizationServer withClaims(Set<String> wanted) {
        return new ExternalAuthorizationServer(issuer, credentialIssuer, audiences, subjectClaim, wanted);
    }
}
