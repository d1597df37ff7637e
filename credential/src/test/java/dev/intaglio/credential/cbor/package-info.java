@NullMarked
package dev.intaglio.credential.cbor;

import org.jspecify.annotations.NullMarked;
