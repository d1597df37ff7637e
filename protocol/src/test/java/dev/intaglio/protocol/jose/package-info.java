/// Signed JWTs against the examples of the standards, and whatever else is sent in their place.
@NullMarked
package dev.intaglio.protocol.jose;

import org.jspecify.annotations.NullMarked;
