/// Forms, routes, well-known addresses, and what of a message may be logged.
@NullMarked
package dev.intaglio.protocol.http;

import org.jspecify.annotations.NullMarked;
