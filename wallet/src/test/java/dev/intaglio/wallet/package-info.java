/// The wallet against an issuer that plays a script: right by itself, wrong where a test says so.
@NullMarked
package dev.intaglio.wallet;

import org.jspecify.annotations.NullMarked;
