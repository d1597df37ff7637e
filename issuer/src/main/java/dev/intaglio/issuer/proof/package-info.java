/// Deciding whether key proofs are good enough to bind a credential to their keys (App. F.4).
@NullMarked
package dev.intaglio.issuer.proof;

import org.jspecify.annotations.NullMarked;
