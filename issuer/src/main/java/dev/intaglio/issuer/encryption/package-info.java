/// Encrypted messages of the Credential and Deferred Credential Endpoints (§10): which are wanted, the keys wallets encrypt
/// requests to, and how a response goes back. An endpoint asks [MessageEncryption] for the message of a request and answers
/// through what it got; it knows nothing else of all this.
@NullMarked
package dev.intaglio.issuer.encryption;

import org.jspecify.annotations.NullMarked;
