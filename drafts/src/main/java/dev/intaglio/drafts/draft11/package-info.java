/// What draft 11 has otherwise than draft 12: an array of credentials, `types` in the open, acceptance tokens.
@NullMarked
package dev.intaglio.drafts.draft11;

import org.jspecify.annotations.NullMarked;
