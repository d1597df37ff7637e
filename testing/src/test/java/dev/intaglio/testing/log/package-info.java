@NullMarked
package dev.intaglio.testing.log;

import org.jspecify.annotations.NullMarked;
