/// Credential requests and responses, there and back.
@NullMarked
package dev.intaglio.protocol.credential;

import org.jspecify.annotations.NullMarked;
