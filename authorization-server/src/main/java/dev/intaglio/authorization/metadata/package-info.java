/// Authorization Server Metadata (RFC 8414).
@NullMarked
package dev.intaglio.authorization.metadata;

import org.jspecify.annotations.NullMarked;
