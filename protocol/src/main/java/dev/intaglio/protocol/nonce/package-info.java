/// The nonce endpoint's answer (section 7 of OpenID4VCI), nonces that carry their own expiry and keyed tag, and texts nobody guesses.
@NullMarked
package dev.intaglio.protocol.nonce;

import org.jspecify.annotations.NullMarked;
