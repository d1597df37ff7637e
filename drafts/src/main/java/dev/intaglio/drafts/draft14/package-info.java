/// What draft 14 has otherwise than draft 15: credentials asked for by format and type, nonces that come with other answers.
@NullMarked
package dev.intaglio.drafts.draft14;

import org.jspecify.annotations.NullMarked;
