/// What no whole flow reaches.
@NullMarked
package dev.intaglio.authorization.token;

import org.jspecify.annotations.NullMarked;
