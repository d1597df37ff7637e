/// COSE (RFC 9052, RFC 9053) as mdocs and Status List Tokens use it: [dev.intaglio.credential.cose.CoseSign1] is a signature,
/// [dev.intaglio.credential.cose.CoseKey] a public key on its way to and from a JWK,
/// [dev.intaglio.credential.cose.CoseAlgorithm] the numbers of algorithms.
@NullMarked
package dev.intaglio.credential.cose;

import org.jspecify.annotations.NullMarked;
