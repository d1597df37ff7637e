/// Keys we hold and keys we trust.
///
/// [dev.intaglio.keys.SigningKey] is a private key that can be asked to sign and cannot be read; a
/// [dev.intaglio.keys.KeyRing] says which one signs what. [dev.intaglio.keys.TrustAnchors] decides about certificate
/// chains of others, [dev.intaglio.keys.X5c] moves chains in and out of JOSE headers, and
/// [dev.intaglio.keys.Signatures] is the one place where a signature made elsewhere is verified. All cryptography is
/// asked of the JCA without naming a provider, so that the fastest one installed serves. Begin with `SigningKey`.
@NullMarked
package dev.intaglio.keys;

import org.jspecify.annotations.NullMarked;
