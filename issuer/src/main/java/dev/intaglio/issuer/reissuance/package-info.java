/// What happens when the claims behind credentials change: which have to be issued anew, and who is told.
@NullMarked
package dev.intaglio.issuer.reissuance;

import org.jspecify.annotations.NullMarked;
