/// Tests of client attestations, by the standard's example among others.
@NullMarked
package dev.intaglio.protocol.clientattestation;

import org.jspecify.annotations.NullMarked;
