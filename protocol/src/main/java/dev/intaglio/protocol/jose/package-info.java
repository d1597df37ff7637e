/// Compact signed JWTs, read within bounds and verified against an allow-list of asymmetric algorithms. Every
/// signed thing of the protocol (key proof, DPoP proof, access token, SD-JWT) passes through here.
@NullMarked
package dev.intaglio.protocol.jose;

import org.jspecify.annotations.NullMarked;
