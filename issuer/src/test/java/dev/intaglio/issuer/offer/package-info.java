/// What no whole flow reaches.
@NullMarked
package dev.intaglio.issuer.offer;

import org.jspecify.annotations.NullMarked;
