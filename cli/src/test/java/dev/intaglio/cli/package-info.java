/// Commands run as a person runs them, with a test as the terminal.
@NullMarked
package dev.intaglio.cli;

import org.jspecify.annotations.NullMarked;
