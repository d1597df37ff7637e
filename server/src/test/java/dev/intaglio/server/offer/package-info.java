/// What people and the issuer's systems get of the server: offer.
@NullMarked
package dev.intaglio.server.offer;

import org.jspecify.annotations.NullMarked;
