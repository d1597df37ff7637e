/// What no whole flow reaches.
@NullMarked
package dev.intaglio.issuer.proof;

import org.jspecify.annotations.NullMarked;
