/// Tests of Data Integrity: the W3C's test vectors byte for byte, RFC 8785's numbers, credentials made and refused.
@NullMarked
package dev.intaglio.credential.dataintegrity;

import org.jspecify.annotations.NullMarked;
