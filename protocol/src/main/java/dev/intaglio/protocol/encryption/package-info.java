/// Encrypted Credential Requests and Responses (§10 of OpenID4VCI): a message is the claims set of a JWT that is encrypted
/// with ECDH-ES and AES-GCM. Begin with [EncryptedJwt]; the other records are what metadata and requests say about it.
@NullMarked
package dev.intaglio.protocol.encryption;

import org.jspecify.annotations.NullMarked;
