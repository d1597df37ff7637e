/// Drafts 11 to 15 of OpenID4VCI at the edge of an issuer or a wallet that speak 1.0. Each room `draftNN` says what that draft
/// has otherwise than the next one; [dev.intaglio.drafts.Dialect] chains them. Begin with [dev.intaglio.drafts.Draft].
@NullMarked
package dev.intaglio.drafts;

import org.jspecify.annotations.NullMarked;
