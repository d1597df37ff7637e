/// The Credential Issuer piece by piece; whole flows are in the module `testing`.
@NullMarked
package dev.intaglio.issuer;

import org.jspecify.annotations.NullMarked;
