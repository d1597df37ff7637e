/// Drafts on the issuer's side: recognised in front of it, or served at Credential Issuer Identifiers of their own.
@NullMarked
package dev.intaglio.drafts.issuer;

import org.jspecify.annotations.NullMarked;
