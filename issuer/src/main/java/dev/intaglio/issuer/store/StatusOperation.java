package dev.intaglio.issuer.store;

import java.time.Instant;

/// Something that was done, or is to be done, to the statuses of credentials: who wanted it, when and why.
///
/// @param id random; the primary key
/// @param reason the operator's words; not published
/// @param actor who wanted it
/// @param dueAt when it takes effect; until then it can be undone
/// @param matched how many credentials were meant
/// @param changed how many of them it made a difference to; before it takes effect, how many it would
public record StatusOperation(
        String id,
        StatusVerb verb,
        StatusSelector selector,
        String reason,
        String actor,
        Instant requestedAt,
        Instant dueAt,
        Phase phase,
        long matched,
        long changed) {
    /// How far it is.
    public enum Phase {
        /// Waits until it is due.
        STAGED,
        /// Took effect.
        APPLIED,
        /// Was taken back before it took effect.
        UNDONE
    }

    public StatusOperation with(Phase other, long nowMatched, long nowChanged) {
        return new StatusOperation(
                id, verb, selector, reason, actor, requestedAt, dueAt, other, nowMatched, nowChanged);
    }

    @Override
    public String toString() {
        return "StatusOperation[" + id + ", " + verb + ", " + phase + ", changed=" + changed + "]";
    }
}
