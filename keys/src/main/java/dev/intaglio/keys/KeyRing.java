package dev.intaglio.keys;

import java.util.List;
import java.util.Map;

/// Which key signs what, and which keys others may still meet.
///
/// Asked for every signature, so a rotation shows with the next one; implementations answer from memory and may be
/// called by many threads.
public interface KeyRing {

    /// The key that signs now.
    ///
    /// @throws IllegalStateException if there is no key for this use
    SigningKey current(KeyUse use);

    /// The key that signs now, or the one of another use if there is none for this.
    ///
    /// @throws IllegalStateException if there is none for the other either
    default SigningKey current(KeyUse use, KeyUse otherwise) {
        return current(published(use).isEmpty() ? otherwise : use);
    }

    /// Every key whose public half is to be published for this use: the current one first, then those whose
    /// signatures are still about. Empty if there is no key for this use.
    List<SigningKey> published(KeyUse use);

    /// One key for everything.
    static KeyRing of(SigningKey key) {
        return FixedKeyRing.of(key);
    }

    /// Keys by use; the first of each list signs, all are published. A use may be left out.
    ///
    /// @throws IllegalArgumentException if a list is empty or names two keys by one `kid`
    static KeyRing of(Map<KeyUse, List<SigningKey>> keys) {
        return FixedKeyRing.of(keys);
    }
}
