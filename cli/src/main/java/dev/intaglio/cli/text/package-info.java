/// How the command line writes for people: trees, claims with their labels, times, languages. What comes from outside
/// passes [dev.intaglio.cli.text.Printable] on its way to the terminal.
@NullMarked
package dev.intaglio.cli.text;

import org.jspecify.annotations.NullMarked;
