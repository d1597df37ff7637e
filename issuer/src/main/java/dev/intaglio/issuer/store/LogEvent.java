package dev.intaglio.issuer.store;

import java.time.Instant;

/// Something that happened and is to be put into the issuance log. It is kept in the same transaction as what it tells of, and
/// gets its place in the log later.
///
/// @param id random, or computed with a secret; the primary key, and the same for an event that is added twice
/// @param kind what happened, in one word
/// @param body a JSON object with the rest; nothing in it tells who somebody is
public record LogEvent(String id, String kind, String body, Instant at) {}
