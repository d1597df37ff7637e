package dev.intaglio.issuer.store;

import dev.intaglio.keys.KeyUse;
import java.time.Instant;
import java.util.List;

/// Which of the issuer's keys signs, which are published; for all nodes. The keys themselves are elsewhere. Each change takes
/// with it, in one transaction, what the issuance log is told.
public interface KeyStates {
    /// Of a key in a rotation.
    enum State {
        /// Published, and does not sign yet.
        NEXT,
        /// Signs. Of each use one key.
        ACTIVE,
        /// Published, and signs no more.
        RETIRED,
        /// Not published any more.
        GONE
    }

    record KeyState(KeyUse use, String key, State state, Instant since) {}

    /// All that are known, of any use.
    List<KeyState> all();

    /// The key that signs by the configuration, where no key is known to be active: it is, from now on.
    void adopt(KeyUse use, String key, Instant now);

    /// A new key, or one that is gone, comes to be published.
    ///
    /// @return false if it is known, and not gone
    boolean stage(KeyUse use, String key, Instant now, LogEvent event);

    /// The next key signs, the one that did retires.
    ///
    /// @param publishedBefore since when it must have been published
    /// @return false if it is not next, or not for long enough. Of any number of callers, for any keys, one gets `true`.
    boolean activate(KeyUse use, String key, Instant publishedBefore, Instant now, LogEvent event);

    /// The retired key signs again, the one that did is next.
    ///
    /// @return false if the states are others (by now)
    boolean rollBack(KeyUse use, String active, String retired, Instant now, LogEvent event);

    /// A key that is next or retired is gone.
    ///
    /// @return false if it is neither
    boolean remove(KeyUse use, String key, Instant now, LogEvent event);
}
