/// What refusals explain to the developers of wallets, and how values of a request are shown to people at all. Begin with
/// [Explanation].
@NullMarked
package dev.intaglio.protocol.explanation;

import org.jspecify.annotations.NullMarked;
