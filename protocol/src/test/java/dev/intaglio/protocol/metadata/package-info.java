/// Metadata, claims descriptions and claims path pointers: the examples of the standard, and what it forbids.
@NullMarked
package dev.intaglio.protocol.metadata;

import org.jspecify.annotations.NullMarked;
