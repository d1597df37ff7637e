/// The Credential Offer (section 4 of OpenID4VCI): by value, by reference, as a link and as a QR code.
@NullMarked
package dev.intaglio.protocol.offer;

import org.jspecify.annotations.NullMarked;
