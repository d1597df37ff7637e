package dev.intaglio.protocol.oauth;

import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.Identifiers;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Authorization Server Metadata (RFC 8414, §12.3). Members that are lists are left out when empty (RFC 8414, section 3.2).
public record AuthorizationServerMetadata(
        URI issuer,
        Optional<URI> authorizationEndpoint,
        Optional<URI> tokenEndpoint,
        Optional<URI> jwksUri,
        Optional<URI> pushedAuthorizationRequestEndpoint,
        boolean requirePushedAuthorizationRequests,
        Optional<URI> challengeEndpoint,
        List<String> responseTypes,
        List<String> grantTypes,
        List<String> scopes,
        List<String> tokenEndpointAuthMethods,
        List<String> tokenEndpointAuthSigningAlgorithms,
        List<String> clientAttestationSigningAlgorithms,
        List<String> clientAttestationPopSigningAlgorithms,
        List<String> codeChallengeMethods,
        List<String> dpopSigningAlgorithms,
        List<String> authorizationDetailsTypes,
        boolean preAuthorizedGrantAnonymousAccess,
        boolean authorizationResponseIssParameter) {
    /// Where the document is: inserted after the host of the identifier.
    public static final String WELL_KNOWN = "oauth-authorization-server";

    public AuthorizationServerMetadata {
        Identifiers.require("issuer", issuer);
        authorizationEndpoint.ifPresent(uri -> Identifiers.requireAddress("authorization_endpoint", uri));
        tokenEndpoint.ifPresent(uri -> Identifiers.requireAddress("token_endpoint", uri));
        pushedAuthorizationRequestEndpoint.ifPresent(
                uri -> Identifiers.requireAddress("pushed_authorization_request_endpoint", uri));
        challengeEndpoint.ifPresent(uri -> Identifiers.requireAddress("challenge_endpoint", uri));
        responseTypes = List.copyOf(responseTypes);
        grantTypes = List.copyOf(grantTypes);
        scopes = List.copyOf(scopes);
        tokenEndpointAuthMethods = List.copyOf(tokenEndpointAuthMethods);
        tokenEndpointAuthSigningAlgorithms = List.copyOf(tokenEndpointAuthSigningAlgorithms);
        clientAttestationSigningAlgorithms = List.copyOf(clientAttestationSigningAlgorithms);
        clientAttestationPopSigningAlgorithms = List.copyOf(clientAttestationPopSigningAlgorithms);
        codeChallengeMethods = List.copyOf(codeChallengeMethods);
        dpopSigningAlgorithms = List.copyOf(dpopSigningAlgorithms);
        authorizationDetailsTypes = List.copyOf(authorizationDetailsTypes);
    }

    /// Whether the server takes this grant; without the member RFC 8414 means authorization code and implicit.
    public boolean supportsGrant(String grantType) {
        return grantTypes.isEmpty() ? grantType.equals(Grant.AUTHORIZATION_CODE) : grantTypes.contains(grantType);
    }

    public static AuthorizationServerMetadata read(JsonObject json) {
        return new AuthorizationServerMetadata(
                URI.create(json.string("issuer")),
                uri(json, "authorization_endpoint"),
                uri(json, "token_endpoint"),
                uri(json, "jwks_uri"),
                uri(json, "pushed_authorization_request_endpoint"),
                json.flag("require_pushed_authorization_requests"),
                uri(json, "challenge_endpoint"),
                list(json, "response_types_supported"),
                list(json, "grant_types_supported"),
                list(json, "scopes_supported"),
                list(json, "token_endpoint_auth_methods_supported"),
                list(json, "token_endpoint_auth_signing_alg_values_supported"),
                list(json, "client_attestation_signing_alg_values_supported"),
                list(json, "client_attestation_pop_signing_alg_values_supported"),
                list(json, "code_challenge_methods_supported"),
                list(json, "dpop_signing_alg_values_supported"),
                list(json, "authorization_details_types_supported"),
                json.flag("pre-authorized_grant_anonymous_access_supported"),
                json.flag("authorization_response_iss_parameter_supported"));
    }

    public JsonObject write() {
        return JsonObject.builder()
                .put("issuer", issuer.toString())
                .putIf("authorization_endpoint", authorizationEndpoint.map(URI::toString))
                .putIf("token_endpoint", tokenEndpoint.map(URI::toString))
                .putIf("jwks_uri", jwksUri.map(URI::toString))
                .putIf("pushed_authorization_request_endpoint", pushedAuthorizationRequestEndpoint.map(URI::toString))
                .putIf("require_pushed_authorization_requests", whenTrue(requirePushedAuthorizationRequests))
                .putIf("challenge_endpoint", challengeEndpoint.map(URI::toString))
                .putUnlessEmpty("response_types_supported", responseTypes)
                .putUnlessEmpty("grant_types_supported", grantTypes)
                .putUnlessEmpty("scopes_supported", scopes)
                .putUnlessEmpty("token_endpoint_auth_methods_supported", tokenEndpointAuthMethods)
                .putUnlessEmpty("token_endpoint_auth_signing_alg_values_supported", tokenEndpointAuthSigningAlgorithms)
                .putUnlessEmpty("client_attestation_signing_alg_values_supported", clientAttestationSigningAlgorithms)
                .putUnlessEmpty(
                        "client_attestation_pop_signing_alg_values_supported", clientAttestationPopSigningAlgorithms)
                .putUnlessEmpty("code_challenge_methods_supported", codeChallengeMethods)
                .putUnlessEmpty("dpop_signing_alg_values_supported", dpopSigningAlgorithms)
                .putUnlessEmpty("authorization_details_types_supported", authorizationDetailsTypes)
                .putIf("pre-authorized_grant_anonymous_access_supported", whenTrue(preAuthorizedGrantAnonymousAccess))
                .putIf("authorization_response_iss_parameter_supported", whenTrue(authorizationResponseIssParameter))
                .build();
    }

    private static Optional<Boolean> whenTrue(boolean flag) {
        return flag ? Optional.of(true) : Optional.empty();
    }

    private static Optional<URI> uri(JsonObject json, String name) {
        return json.optionalString(name).map(URI::create);
    }

    private static List<String> list(JsonObject json, String name) {
        return json.optionalStrings(name).orElse(List.of());
    }
}
