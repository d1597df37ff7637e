/// Credentials of the format `mso_mdoc` (App. A.2 of OpenID4VCI, ISO/IEC 18013-5):
/// [dev.intaglio.credential.mdoc.MsoMdocFormat] issues them and [dev.intaglio.credential.mdoc.MdocVerifier] checks them.
/// What is issued is the IssuerSigned structure; presenting it to a reader is the wallet's business and not here.
@NullMarked
package dev.intaglio.credential.mdoc;

import org.jspecify.annotations.NullMarked;
