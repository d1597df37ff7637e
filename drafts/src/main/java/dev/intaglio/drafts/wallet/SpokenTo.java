package dev.intaglio.drafts.wallet;

import dev.intaglio.drafts.Dialect;
import dev.intaglio.drafts.wire.Catalogue;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// An issuer that speaks a draft, and what has to be remembered of it.
///
/// @param credential its credential endpoint
/// @param deferred where credentials are asked for that were not ready
/// @param nonces an address of our own making, for wallets that want a nonce endpoint where a draft has none
/// @param sealed how answers are encrypted, where the issuer demands it
/// @param cNonce the last one that came with another answer; empty if none has
record SpokenTo(
        Dialect dialect,
        Catalogue catalogue,
        URI credential,
        Optional<URI> deferred,
        Optional<URI> nonces,
        Optional<SealedAnswers> sealed,
        AtomicReference<String> cNonce) {
    @Override
    public String toString() {
        return "SpokenTo[" + dialect + "]";
    }
}
