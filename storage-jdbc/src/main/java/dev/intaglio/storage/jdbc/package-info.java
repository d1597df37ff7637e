/// Every store on SQLite and PostgreSQL, with the same statements: what happens once is one `delete … returning`, one
/// `update … returning` or one `insert … on conflict do nothing`. Begin at [dev.intaglio.storage.jdbc.JdbcStorage].
@NullMarked
package dev.intaglio.storage.jdbc;

import org.jspecify.annotations.NullMarked;
