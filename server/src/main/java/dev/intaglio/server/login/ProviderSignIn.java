package dev.intaglio.server.login;

import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Pkce;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.JwsAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.web.client.RestClient;

/// Signing in at OpenID Providers. Spring Security's client asks for the tokens and checks them; its filter chain and its
/// session are not used, since a visit remembers what has to be remembered.
final class ProviderSignIn {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderSignIn.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// One for all issuers: each has a thread.
    private static final HttpClient CONNECTIONS =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final LoginProperties properties;
    private final SignInClaims claims;
    private final SignInAddress address;
    private final List<SignInProvider> providers;
    private final OidcAuthorizationCodeAuthenticationProvider authentication;

    /// It did not work. The log says why.
    static final class NotSignedIn extends Exception {
        private static final long serialVersionUID = 1L;

        NotSignedIn(String message, Throwable cause) {
            super(message, cause);
        }

        NotSignedIn(String message) {
            super(message);
        }
    }

    /// @param providers in the order in which the page offers them
    ProviderSignIn(
            LoginProperties properties, SignInClaims claims, SignInAddress address, List<SignInProvider> providers) {
        this.properties = properties;
        this.claims = claims;
        this.address = address;
        this.providers = List.copyOf(providers);
        authentication = authentication();
    }

    List<SignInProvider> providers() {
        return providers;
    }

    /// Where to send the browser.
    ///
    /// @throws NotSignedIn if there is no such provider, or it cannot be reached
    URI begin(Visit.Stage.AtProvider visit) throws NotSignedIn {
        return URI.create(request(registration(visit.registration()), visit).getAuthorizationRequestUri());
    }

    /// Who has signed in, by the code the browser has brought back.
    Person finish(Visit.Stage.AtProvider visit, String code) throws NotSignedIn {
        var registration = registration(visit.registration());
        var request = request(registration, visit);
        var response = OAuth2AuthorizationResponse.success(code)
                .redirectUri(address.callback(registration.getRegistrationId()))
                .state(visit.state())
                .build();
        try {
            var done = authentication.authenticate(new OAuth2LoginAuthenticationToken(
                    registration, new OAuth2AuthorizationExchange(request, response)));
            if (done == null || !(done.getPrincipal() instanceof OidcUser user)) {
                throw new NotSignedIn("the registration's scope has no openid");
            }
            return person(user);
        } catch (OAuth2AuthenticationException refused) {
            // Its message may quote claims.
            throw new NotSignedIn(String.valueOf(refused.getError().getErrorCode()), refused);
        } catch (RuntimeException failed) {
            throw new NotSignedIn("the provider does not answer as it should", failed);
        }
    }

    private Person person(OidcUser user) throws NotSignedIn {
        var claim = properties.subjectClaim();
        var subject = user.getClaimAsString(claim);
        if (subject == null || subject.isEmpty()) {
            throw new NotSignedIn("the provider says nothing about the claim " + claim);
        }
        if (claim.equals("email") && !Boolean.TRUE.equals(user.getEmailVerified())) {
            throw new NotSignedIn("the provider has not verified the email address");
        }
        return new Person(
                subject,
                Optional.ofNullable(user.getClaimAsString(properties.nameClaim()))
                        .filter(name -> !name.isBlank())
                        .orElse(subject),
                told(user));
    }

    private JsonObject told(OidcUser user) throws NotSignedIn {
        try {
            return claims.among(user.getClaims());
        } catch (IllegalArgumentException tooMuch) {
            throw new NotSignedIn(String.valueOf(tooMuch.getMessage()), tooMuch);
        }
    }

    private ClientRegistration registration(String id) throws NotSignedIn {
        var provider = providers.stream()
                .filter(one -> one.registration().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotSignedIn("no such provider is registered"));
        ClientRegistration found;
        try {
            found = provider.client().registration();
        } catch (RuntimeException unreachable) {
            throw new NotSignedIn("the provider's metadata cannot be had", unreachable);
        }
        if (found == null) {
            throw new NotSignedIn("no such provider is registered");
        }
        return found;
    }

    /// The same request before and after: what differs from visit to visit is in the visit.
    private OAuth2AuthorizationRequest request(ClientRegistration registration, Visit.Stage.AtProvider visit) {
        return OAuth2AuthorizationRequest.authorizationCode()
                .clientId(registration.getClientId())
                .authorizationUri(
                        String.valueOf(registration.getProviderDetails().getAuthorizationUri()))
                .redirectUri(address.callback(registration.getRegistrationId()))
                .scopes(registration.getScopes())
                .state(visit.state())
                .attributes(Map.of(
                        OidcParameterNames.NONCE,
                        visit.nonce(),
                        "registration_id",
                        registration.getRegistrationId(),
                        "code_verifier",
                        visit.verifier()))
                .additionalParameters(Map.of(
                        // Spring compares the ID Token's with the hash of the attribute.
                        OidcParameterNames.NONCE,
                        Pkce.challenge(visit.nonce()),
                        "code_challenge",
                        Pkce.challenge(visit.verifier()),
                        "code_challenge_method",
                        Pkce.S256))
                .build();
    }

    private static OidcAuthorizationCodeAuthenticationProvider authentication() {
        var connections = new JdkClientHttpRequestFactory(CONNECTIONS);
        connections.setReadTimeout(PATIENCE);
        var tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder()
                .requestFactory(connections)
                .configureMessageConverters(converters -> converters
                        .registerDefaults()
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        var decoders = new OidcIdTokenDecoderFactory();
        decoders.setJwsAlgorithmResolver(ProviderSignIn::algorithm);
        var provider = new OidcAuthorizationCodeAuthenticationProvider(tokens, new OidcUserService());
        provider.setJwtDecoderFactory(decoders);
        return provider;
    }

    /// RS256, which every provider has, unless its metadata names only others.
    private static JwsAlgorithm algorithm(ClientRegistration registration) {
        var named = registration
                .getProviderDetails()
                .getConfigurationMetadata()
                .get("id_token_signing_alg_values_supported");
        var algorithms = named instanceof Collection<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.<String>of();
        if (algorithms.isEmpty() || algorithms.contains("RS256")) {
            return SignatureAlgorithm.RS256;
        }
        return algorithms.stream()
                .flatMap(name -> Optional.ofNullable(SignatureAlgorithm.from(name)).stream())
                .findFirst()
                .orElse(SignatureAlgorithm.RS256);
    }

    static void log(String registration, NotSignedIn failure) {
        LOG.warn("Nobody could be signed in by the provider {}: {}", registration, failure.getMessage());
        LOG.debug("The cause", failure);
    }
}
