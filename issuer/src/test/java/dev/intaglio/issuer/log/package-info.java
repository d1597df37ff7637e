@NullMarked
package dev.intaglio.issuer.log;

import org.jspecify.annotations.NullMarked;
