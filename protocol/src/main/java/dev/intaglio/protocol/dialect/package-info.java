/// Where other ways of speaking the protocol than the standard's plug in on the wallet's side: around its transport.
/// Begin with [dev.intaglio.protocol.dialect.Interpreter].
@NullMarked
package dev.intaglio.protocol.dialect;

import org.jspecify.annotations.NullMarked;
