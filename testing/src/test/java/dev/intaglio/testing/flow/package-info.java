/// Whole flows, from offer to credential, over the messages of the standard: each rule kept, and each rule broken by a
/// request that gets the standard's error and leaves the offer as good as before.
@NullMarked
package dev.intaglio.testing.flow;

import org.jspecify.annotations.NullMarked;
