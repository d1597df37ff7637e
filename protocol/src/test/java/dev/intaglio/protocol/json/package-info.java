/// Strict reading, bounded reading, and writing what was read.
@NullMarked
package dev.intaglio.protocol.json;

import org.jspecify.annotations.NullMarked;
