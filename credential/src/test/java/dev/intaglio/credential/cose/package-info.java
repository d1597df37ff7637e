@NullMarked
package dev.intaglio.credential.cose;

import org.jspecify.annotations.NullMarked;
