/// What can be redeemed for a token: one class per grant.
@NullMarked
package dev.intaglio.authorization.grant;

import org.jspecify.annotations.NullMarked;
