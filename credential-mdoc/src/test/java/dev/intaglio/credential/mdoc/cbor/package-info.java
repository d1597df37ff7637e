@NullMarked
package dev.intaglio.credential.mdoc.cbor;

import org.jspecify.annotations.NullMarked;
