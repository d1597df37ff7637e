/// The words of OpenID4VCI 1.0 and of the OAuth around it: immutable records that are made, written, read and verified by
/// pure functions, shared by issuer, authorization server and wallet. One package per message; begin with
/// [dev.intaglio.protocol.offer.CredentialOffer].
@NullMarked
package dev.intaglio.protocol;

import org.jspecify.annotations.NullMarked;
