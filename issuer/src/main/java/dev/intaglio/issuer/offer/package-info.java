/// Making Credential Offers and serving those that are handed out by reference (§4.1).
@NullMarked
package dev.intaglio.issuer.offer;

import org.jspecify.annotations.NullMarked;
