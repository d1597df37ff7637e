/// Data sources that ship with the issuer and need nothing else: claims read from a file.
@NullMarked
package dev.intaglio.issuer.source;

import org.jspecify.annotations.NullMarked;
