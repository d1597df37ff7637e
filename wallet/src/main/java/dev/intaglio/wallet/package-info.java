/// The wallet's side of OpenID4VCI: from an offer to verified credentials, over any transport. Begin with
/// [dev.intaglio.wallet.Wallet].
@NullMarked
package dev.intaglio.wallet;

import org.jspecify.annotations.NullMarked;
