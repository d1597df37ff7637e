/// The command `intaglio`: begins at [dev.intaglio.cli.Main], a class for each subcommand. What a command prints is for
/// reading, and with `--json` one object for machines; a failure says what to try next.
@NullMarked
package dev.intaglio.cli;

import org.jspecify.annotations.NullMarked;
