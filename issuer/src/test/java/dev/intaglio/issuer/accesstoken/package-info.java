/// Tests of recognising access tokens.
@NullMarked
package dev.intaglio.issuer.accesstoken;

import org.jspecify.annotations.NullMarked;
