/// Examples of the standard and random documents, for the tests of all messages.
@NullMarked
package dev.intaglio.protocol;

import org.jspecify.annotations.NullMarked;
