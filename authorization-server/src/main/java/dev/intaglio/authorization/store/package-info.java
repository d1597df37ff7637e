/// What the authorization server must remember. Each verb is one atomic step; secrets are kept as hashes.
@NullMarked
package dev.intaglio.authorization.store;

import org.jspecify.annotations.NullMarked;
