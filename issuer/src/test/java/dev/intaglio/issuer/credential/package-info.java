/// What no whole flow reaches.
@NullMarked
package dev.intaglio.issuer.credential;

import org.jspecify.annotations.NullMarked;
