package dev.intaglio.authorization.store;

import java.util.Optional;

/// What an authorization code stands for, and to what it is bound besides its client.
///
/// @param clientAuthenticated whether the client authenticated for the code, and so must for the token
/// @param redirectUri where the code was sent; the token request repeats it (RFC 6749, section 4.1.3)
/// @param codeChallenge present if the authorization request had one (RFC 7636)
/// @param dpopKeyThumbprint the only key that redeems the code, if there is one (RFC 9449, section 10)
public record AuthorizedCode(
        GrantedAuthorization authorization,
        boolean clientAuthenticated,
        String redirectUri,
        Optional<String> codeChallenge,
        Optional<String> dpopKeyThumbprint) {}
