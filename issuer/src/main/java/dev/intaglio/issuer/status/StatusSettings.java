package dev.intaglio.issuer.status;

import dev.intaglio.issuer.store.StatusPage;
import dev.intaglio.statuslist.Bitstring;
import java.time.Duration;

/// How status lists are kept and published.
///
/// @param size how many credentials a list has room for; the more, the better each is hidden
/// @param reservation how many indices a node takes at a time; what it has not given away when it stops is left out for good
/// @param timeToLive for how long verifiers should use a copy
/// @param validity how long a list may be relied on after it was signed; it is signed anew when half of it is over
/// @param history for how long verifiers can ask for a list as it was; nothing for not at all
/// @param undoWindow how long an operation waits before it takes effect, unless it says itself
public record StatusSettings(
        int size, int reservation, Duration timeToLive, Duration validity, Duration history, Duration undoWindow) {
    /// A million credentials in a list; copies for five minutes; a day's validity; no history; effect at once.
    public static final StatusSettings DEFAULT = new StatusSettings(
            1_048_576, 4_096, Duration.ofMinutes(5), Duration.ofDays(1), Duration.ZERO, Duration.ZERO);

    private static final int LARGEST = 8 * 1_048_576;

    public StatusSettings {
        if (size < Bitstring.FEWEST || size > LARGEST || size % StatusPage.ENTRIES != 0) {
            throw new IllegalArgumentException("the size of status lists is a multiple of " + StatusPage.ENTRIES
                    + ", from " + Bitstring.FEWEST + " to " + LARGEST);
        }
        if (reservation < 1 || reservation > size) {
            throw new IllegalArgumentException("a reservation of status indices is from 1 to the size of a list");
        }
        if (timeToLive.toSeconds() < 1 || validity.compareTo(timeToLive.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "the time-to-live of status lists is a second at least, their validity twice that");
        }
        if (history.isNegative() || undoWindow.isNegative()) {
            throw new IllegalArgumentException("history and undo window of status lists are not negative");
        }
    }

    public StatusSettings withSize(int other, int otherReservation) {
        return new StatusSettings(other, otherReservation, timeToLive, validity, history, undoWindow);
    }

    public StatusSettings withHistory(Duration other) {
        return new StatusSettings(size, reservation, timeToLive, validity, other, undoWindow);
    }
}
