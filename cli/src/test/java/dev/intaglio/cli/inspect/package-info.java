@NullMarked
package dev.intaglio.cli.inspect;

import org.jspecify.annotations.NullMarked;
