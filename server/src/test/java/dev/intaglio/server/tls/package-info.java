/// Real handshakes with the server, and what it makes of good and bad files.
@NullMarked
package dev.intaglio.server.tls;

import org.jspecify.annotations.NullMarked;
