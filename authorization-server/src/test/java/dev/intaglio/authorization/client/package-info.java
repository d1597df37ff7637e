/// What no whole flow reaches.
@NullMarked
package dev.intaglio.authorization.client;

import org.jspecify.annotations.NullMarked;
