@NullMarked
package dev.intaglio.issuer.schema;

import org.jspecify.annotations.NullMarked;
