/// The page of an offer: what will be issued, the QR code and link for the wallet, and apart from them the Transaction Code.
@NullMarked
package dev.intaglio.server.offer;

import org.jspecify.annotations.NullMarked;
