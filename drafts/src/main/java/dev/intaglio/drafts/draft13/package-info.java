/// What draft 13 has otherwise than draft 14: a batch endpoint instead of several proofs.
@NullMarked
package dev.intaglio.drafts.draft13;

import org.jspecify.annotations.NullMarked;
