/// DPoP (RFC 9449): proofs of possession of the key an access token is bound to; made by wallets, verified by servers.
@NullMarked
package dev.intaglio.protocol.dpop;

import org.jspecify.annotations.NullMarked;
