/// The public keys that access tokens verify with (RFC 7517).
@NullMarked
package dev.intaglio.authorization.jwks;

import org.jspecify.annotations.NullMarked;
