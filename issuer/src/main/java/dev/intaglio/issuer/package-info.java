/// The Credential Issuer: every endpoint of OpenID4VCI that is not OAuth's, one package each. Begin with [dev.intaglio.issuer.CredentialIssuer].
@NullMarked
package dev.intaglio.issuer;

import org.jspecify.annotations.NullMarked;
