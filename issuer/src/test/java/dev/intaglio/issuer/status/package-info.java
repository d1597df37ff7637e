@NullMarked
package dev.intaglio.issuer.status;

import org.jspecify.annotations.NullMarked;
