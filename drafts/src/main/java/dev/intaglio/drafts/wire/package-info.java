/// What a draft's room is made of: [dev.intaglio.drafts.wire.Difference], and what it is told of the exchange it translates.
@NullMarked
package dev.intaglio.drafts.wire;

import org.jspecify.annotations.NullMarked;
