/// The authorization endpoint (§5), and what it and the pushed authorization request endpoint ask of a request.
@NullMarked
package dev.intaglio.authorization.authorize;

import org.jspecify.annotations.NullMarked;
