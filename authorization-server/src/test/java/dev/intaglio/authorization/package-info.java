/// The authorization server piece by piece; whole flows are in the module `testing`.
@NullMarked
package dev.intaglio.authorization;

import org.jspecify.annotations.NullMarked;
