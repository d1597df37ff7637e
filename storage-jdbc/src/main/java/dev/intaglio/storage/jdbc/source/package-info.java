/// Claims from tables the deployer has already: a definition names a query, its columns become claims.
/// See [dev.intaglio.storage.jdbc.source.SqlDatasets].
@NullMarked
package dev.intaglio.storage.jdbc.source;

import org.jspecify.annotations.NullMarked;
