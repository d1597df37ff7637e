/// The credential endpoint (§8) and the deferred one (§9): who may have what, when, and how it is made. Both doors lead to
/// [CredentialIssuance].
@NullMarked
package dev.intaglio.issuer.credential;

import org.jspecify.annotations.NullMarked;
