package dev.intaglio.authorization.store;

import java.util.Optional;

/// What a refresh token stands for, and by what its client must show that it is the one it was given to.
///
/// @param clientAuthenticated whether it was given to a client that authenticated, and so must again
/// @param dpopKeyThumbprint the key a public client must prove (RFC 9449, section 5)
/// @param instanceKeyThumbprint the key an attested client must prove (attestation-based client authentication, section 10.3)
public record RefreshGrant(
        GrantedAuthorization authorization,
        boolean clientAuthenticated,
        Optional<String> dpopKeyThumbprint,
        Optional<String> instanceKeyThumbprint) {}
