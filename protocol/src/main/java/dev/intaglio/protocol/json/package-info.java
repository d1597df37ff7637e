/// JSON as this protocol needs it: strict to read (no duplicate members, bounded size and depth), with unknown
/// members ignored by whoever picks the known ones. The only package that knows the JSON library.
@NullMarked
package dev.intaglio.protocol.json;

import org.jspecify.annotations.NullMarked;
