package dev.intaglio.authorization.client;

import java.util.Optional;

/// Who sends a token request.
///
/// @param id empty for an anonymous client (§6.1)
public record Client(Optional<String> id) {
    public static final Client ANONYMOUS = new Client(Optional.empty());
}
