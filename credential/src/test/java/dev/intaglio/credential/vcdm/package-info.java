/// Tests of W3C Verifiable Credentials as JWT: the example of the standard, properties of what is issued, refusals.
@NullMarked
package dev.intaglio.credential.vcdm;

import org.jspecify.annotations.NullMarked;
