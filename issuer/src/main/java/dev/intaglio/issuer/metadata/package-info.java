/// The well-known documents of the issuer: Credential Issuer Metadata (§12.2) and SD-JWT VC Type Metadata.
@NullMarked
package dev.intaglio.issuer.metadata;

import org.jspecify.annotations.NullMarked;
