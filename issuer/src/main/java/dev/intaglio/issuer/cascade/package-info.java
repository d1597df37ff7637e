/// What becomes of credentials when a wallet they were issued to is not to be trusted any more. Begin with [WalletCascade].
@NullMarked
package dev.intaglio.issuer.cascade;

import org.jspecify.annotations.NullMarked;
