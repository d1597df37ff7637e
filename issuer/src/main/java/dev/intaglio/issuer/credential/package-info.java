/// The credential endpoint (§8): who may have what, and how it is made.
@NullMarked
package dev.intaglio.issuer.credential;

import org.jspecify.annotations.NullMarked;
