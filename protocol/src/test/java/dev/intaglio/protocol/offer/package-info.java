/// Offers, their links and their QR codes.
@NullMarked
package dev.intaglio.protocol.offer;

import org.jspecify.annotations.NullMarked;
