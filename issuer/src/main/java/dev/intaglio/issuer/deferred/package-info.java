/// What somebody at the issuer does about credentials that wait (§9). The endpoint wallets come back to is next door, in
/// `dev.intaglio.issuer.credential`.
@NullMarked
package dev.intaglio.issuer.deferred;

import org.jspecify.annotations.NullMarked;
