/// Nonces that carry their own expiry: altered, expired, made for something else, made with another key.
@NullMarked
package dev.intaglio.protocol.nonce;

import org.jspecify.annotations.NullMarked;
