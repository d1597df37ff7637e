/// Recognising the access token of a request, with its DPoP proof where it is bound to a key (RFC 6750, RFC 9449).
@NullMarked
package dev.intaglio.issuer.accesstoken;

import org.jspecify.annotations.NullMarked;
