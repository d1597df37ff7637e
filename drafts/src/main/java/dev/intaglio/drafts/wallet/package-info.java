/// Drafts on the wallet's side: a transport that finds out what an issuer speaks, and speaks it.
@NullMarked
package dev.intaglio.drafts.wallet;

import org.jspecify.annotations.NullMarked;
