package dev.intaglio.issuer.store;

import java.util.function.Supplier;

/// Secrets that all nodes share and that survive restarts. Names are ASCII.
public interface SharedSecrets {
    /// The secret of this name.
    ///
    /// @param fresh makes one if there is none yet; of several nodes that do so at once, all get the same one's
    byte[] secret(String name, Supplier<byte[]> fresh);

    /// Forgets secrets for good: those whose names begin with `prefix`, are as long as `before` and come before it.
    void forget(String prefix, String before);
}
