@NullMarked
package dev.intaglio.cli.text;

import org.jspecify.annotations.NullMarked;
