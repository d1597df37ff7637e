@NullMarked
package dev.intaglio.credential.mdoc.cose;

import org.jspecify.annotations.NullMarked;
