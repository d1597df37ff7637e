/// Token requests and responses, authorization details, metadata and refusals.
@NullMarked
package dev.intaglio.protocol.oauth;

import org.jspecify.annotations.NullMarked;
