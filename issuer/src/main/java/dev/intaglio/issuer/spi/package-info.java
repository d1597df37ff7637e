/// What a deployer gives the issuer: where claims come from, who verifies access tokens, who makes pre-authorized codes.
@NullMarked
package dev.intaglio.issuer.spi;

import org.jspecify.annotations.NullMarked;
