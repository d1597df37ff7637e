/// The challenge endpoint of attestation-based client authentication (draft -07, section 8).
@NullMarked
package dev.intaglio.authorization.challenge;

import org.jspecify.annotations.NullMarked;
