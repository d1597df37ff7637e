/// People who sign in with a password. The authorization server knows no users; this is for an assembly whose sign-in page
/// wants them in the same database.
@NullMarked
package dev.intaglio.storage.jdbc.user;

import org.jspecify.annotations.NullMarked;
