/// How one signing key follows another while the issuer runs: published first, then signing, then published only, then gone. Begin
/// with [dev.intaglio.issuer.rotation.KeyRotation].
@NullMarked
package dev.intaglio.issuer.rotation;

import org.jspecify.annotations.NullMarked;
