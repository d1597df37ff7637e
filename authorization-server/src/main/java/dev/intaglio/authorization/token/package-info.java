/// The token endpoint (§6) and the access tokens it gives.
@NullMarked
package dev.intaglio.authorization.token;

import org.jspecify.annotations.NullMarked;
