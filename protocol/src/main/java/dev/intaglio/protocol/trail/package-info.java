/// How those who answer requests tell those who record them which issuance a request belongs to. One class, [Trail].
@NullMarked
package dev.intaglio.protocol.trail;

import org.jspecify.annotations.NullMarked;
