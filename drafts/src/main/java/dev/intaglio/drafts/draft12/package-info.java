/// What draft 12 has otherwise than draft 13: `credentials` in offers, a PIN, flat encryption parameters, `format` in responses.
@NullMarked
package dev.intaglio.drafts.draft12;

import org.jspecify.annotations.NullMarked;
