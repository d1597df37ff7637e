/// What draft 15 has otherwise than 1.0: a single `proof`, descriptions beside the format, algorithms of mdocs by name.
@NullMarked
package dev.intaglio.drafts.draft15;

import org.jspecify.annotations.NullMarked;
