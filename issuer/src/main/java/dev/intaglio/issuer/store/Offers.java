package dev.intaglio.issuer.store;

import java.time.Instant;
import java.util.Optional;

/// Keeps Credential Offers that are handed out by reference (§4.1.3). The content is encrypted under a key that only the
/// holder of the reference has; neither it nor the reference can be learnt from the store. What came with an offer is kept alike.
public interface Offers {
    /// @param handle a hash of the reference
    void save(String handle, byte[] content, Instant expiresAt);

    /// Reading does not use an offer up.
    Optional<byte[]> find(String handle, Instant now);

    void remove(String handle);

    /// Lets what is there last until then, if it would not last as long; does nothing where there is nothing.
    void keep(String handle, Instant until);
}
