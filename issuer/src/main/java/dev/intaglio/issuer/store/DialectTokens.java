package dev.intaglio.issuer.store;

import java.time.Instant;
import java.util.Optional;

/// Which access tokens were asked for in a dialect: what comes with them is understood in it.
public interface DialectTokens {
    /// @param tokenHash of the token, which is not kept itself
    /// @param until when the token has ended
    void keep(String tokenHash, String dialect, Instant until);

    /// @return empty for a token that was asked for in the standard, or that has ended
    Optional<String> dialect(String tokenHash, Instant now);
}
