/// Recognising clients: one class per authentication method.
@NullMarked
package dev.intaglio.authorization.client;

import org.jspecify.annotations.NullMarked;
