/// Keeps one wallet, client or address from taking the server away from the others: [RateLimits] stands around the endpoints
/// and answers 429 before anything is verified.
@NullMarked
package dev.intaglio.issuer.ratelimit;

import org.jspecify.annotations.NullMarked;
