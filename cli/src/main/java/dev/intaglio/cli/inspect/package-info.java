/// Says what a piece of text is, whatever it is: begin with [dev.intaglio.cli.inspect.Inspector]. Reads more leniently than
/// the product does, because what is broken is what people bring here; believes nothing on that account.
@NullMarked
package dev.intaglio.cli.inspect;

import org.jspecify.annotations.NullMarked;
