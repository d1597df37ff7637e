/// What credentials secured as JWS have in common, whatever they say: [dev.intaglio.credential.jose.IssuerSignature] makes the
/// signature and its header, [dev.intaglio.credential.jose.IssuerCheck] finds out whose signature it is.
@NullMarked
package dev.intaglio.credential.jose;

import org.jspecify.annotations.NullMarked;
