/// DPoP proofs against the examples of RFC 9449 and against what a server must refuse.
@NullMarked
package dev.intaglio.protocol.dpop;

import org.jspecify.annotations.NullMarked;
