/// Tests of definitions, and of what every format makes of them.
@NullMarked
package dev.intaglio.credential;

import org.jspecify.annotations.NullMarked;
