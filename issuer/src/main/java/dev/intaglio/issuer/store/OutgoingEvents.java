package dev.intaglio.issuer.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What other systems are still to be told. Whoever claims an event tries to tell it, and has it to himself for a while; if he
/// dies meanwhile somebody else claims it later. So each is told at least once, and by one at a time.
public interface OutgoingEvents {
    /// Puts an event down to be told from now on.
    void add(OutgoingEvent event, Instant now);

    /// Takes events that are due, in one atomic step, and counts an attempt. Of any number of callers, one gets each.
    ///
    /// @param lease for how long nobody else gets them
    List<OutgoingEvent> claim(int atMost, Instant now, Duration lease);

    /// It was told.
    void done(OutgoingEvent event);

    /// It was not, and is due again then.
    void retry(OutgoingEvent event, Instant at);
}
