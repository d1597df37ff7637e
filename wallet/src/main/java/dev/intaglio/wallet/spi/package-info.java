/// What somebody who builds a wallet gives to it. The wallet's provider attests instances of the wallet here.
@NullMarked
package dev.intaglio.wallet.spi;

import org.jspecify.annotations.NullMarked;
