/// The nonce endpoint's answer (section 7 of OpenID4VCI), and nonces that carry their own expiry and keyed tag.
@NullMarked
package dev.intaglio.protocol.nonce;

import org.jspecify.annotations.NullMarked;
