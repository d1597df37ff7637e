@NullMarked
package dev.intaglio.benchmark;

import org.jspecify.annotations.NullMarked;
