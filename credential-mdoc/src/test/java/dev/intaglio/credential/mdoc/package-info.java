@NullMarked
package dev.intaglio.credential.mdoc;

import org.jspecify.annotations.NullMarked;
