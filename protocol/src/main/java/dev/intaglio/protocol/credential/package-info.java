/// Credential Request and Credential Response (section 8 of OpenID4VCI).
@NullMarked
package dev.intaglio.protocol.credential;

import org.jspecify.annotations.NullMarked;
