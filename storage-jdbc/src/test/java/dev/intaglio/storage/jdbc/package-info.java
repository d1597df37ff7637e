/// The stores on a real PostgreSQL, started once for all tests, and on SQLite files.
@NullMarked
package dev.intaglio.storage.jdbc;

import org.jspecify.annotations.NullMarked;
