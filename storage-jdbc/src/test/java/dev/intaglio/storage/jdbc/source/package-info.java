/// Claims by query, on PostgreSQL and SQLite.
@NullMarked
package dev.intaglio.storage.jdbc.source;

import org.jspecify.annotations.NullMarked;
