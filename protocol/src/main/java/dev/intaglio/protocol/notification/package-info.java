/// The notification a wallet may send about credentials it received (section 11 of OpenID4VCI).
@NullMarked
package dev.intaglio.protocol.notification;

import org.jspecify.annotations.NullMarked;
