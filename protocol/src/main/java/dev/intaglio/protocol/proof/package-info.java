/// Key proofs (App. F of OpenID4VCI): how a wallet shows that it holds the key a credential is to be bound to.
@NullMarked
package dev.intaglio.protocol.proof;

import org.jspecify.annotations.NullMarked;
