/// Holds datasets to the JSON Schemas of their definitions; the one room that knows a JSON Schema library.
@NullMarked
package dev.intaglio.issuer.schema;

import org.jspecify.annotations.NullMarked;
