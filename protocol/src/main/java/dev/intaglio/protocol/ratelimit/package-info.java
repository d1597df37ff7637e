/// Keeps one wallet, client or address from taking the servers away from the others: [RateLimits] stands around the endpoints
/// of both and answers 429 before anything is verified.
@NullMarked
package dev.intaglio.protocol.ratelimit;

import org.jspecify.annotations.NullMarked;
