/// The whole server, over the network.
@NullMarked
package dev.intaglio.server;

import org.jspecify.annotations.NullMarked;
