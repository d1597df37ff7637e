/// The runnable issuer: the starter, pages for people, and an interface for the issuer's own systems. Begin at
/// [IntaglioServer].
@NullMarked
package dev.intaglio.server;

import org.jspecify.annotations.NullMarked;
