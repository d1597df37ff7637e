/// Several issuers in one server, and how far apart they are.
@NullMarked
package dev.intaglio.server.tenant;

import org.jspecify.annotations.NullMarked;
