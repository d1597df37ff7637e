@NullMarked
package dev.intaglio.statuslist;

import org.jspecify.annotations.NullMarked;
