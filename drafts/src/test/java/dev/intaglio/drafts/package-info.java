/// Wallets of drafts against an issuer that speaks 1.0, and a wallet that speaks 1.0 against issuers of drafts.
@NullMarked
package dev.intaglio.drafts;

import org.jspecify.annotations.NullMarked;
