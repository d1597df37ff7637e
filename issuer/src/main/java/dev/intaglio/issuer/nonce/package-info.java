/// The nonce endpoint (§7).
@NullMarked
package dev.intaglio.issuer.nonce;

import org.jspecify.annotations.NullMarked;
