/// Credential Issuer Metadata (section 12.2 of OpenID4VCI), claims descriptions and claims path pointers (App. B, C).
@NullMarked
package dev.intaglio.protocol.metadata;

import org.jspecify.annotations.NullMarked;
