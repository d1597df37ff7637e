/// Key proofs against the example of App. F.1, and DIDs against the examples of their methods.
@NullMarked
package dev.intaglio.protocol.proof;

import org.jspecify.annotations.NullMarked;
