/// COSE (RFC 9052, RFC 9053) as mdocs use it: [dev.intaglio.credential.mdoc.cose.CoseSign1] is a signature,
/// [dev.intaglio.credential.mdoc.cose.CoseKey] a public key on its way to and from a JWK,
/// [dev.intaglio.credential.mdoc.cose.CoseAlgorithm] the numbers of algorithms.
@NullMarked
package dev.intaglio.credential.mdoc.cose;

import org.jspecify.annotations.NullMarked;
