/// What no whole flow reaches.
@NullMarked
package dev.intaglio.issuer.source;

import org.jspecify.annotations.NullMarked;
