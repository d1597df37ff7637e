/// What issuance must remember. Each verb is one atomic step; `dev.intaglio.testing.store` holds the contract every store passes.
@NullMarked
package dev.intaglio.issuer.store;

import org.jspecify.annotations.NullMarked;
