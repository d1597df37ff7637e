/// The one shape at the edge: a request goes in, a response comes out. Servers and clients share it, so a
/// wallet and an issuer can run against each other in one JVM without a socket. Begin with [Handler].
@NullMarked
package dev.intaglio.protocol.http;

import org.jspecify.annotations.NullMarked;
