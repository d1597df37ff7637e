/// Pushed authorization requests (RFC 9126).
@NullMarked
package dev.intaglio.authorization.par;

import org.jspecify.annotations.NullMarked;
