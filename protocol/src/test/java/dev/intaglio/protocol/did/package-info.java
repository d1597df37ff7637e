@NullMarked
package dev.intaglio.protocol.did;

import org.jspecify.annotations.NullMarked;
