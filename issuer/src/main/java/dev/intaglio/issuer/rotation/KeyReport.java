package dev.intaglio.issuer.rotation;

import dev.intaglio.issuer.store.Issuances.SignedBy;
import dev.intaglio.issuer.store.KeyStates.State;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is known of one key of the issuer's, and what will be.
///
/// @param state as it is used; empty for a key that is published because the configuration has it, and does not sign
/// @param since when it came to that state; empty if nobody said so
/// @param credentials how many of its credentials are valid, and until when; empty if none is
/// @param warnings what will outlive what
public record KeyReport(
        KeyUse use,
        SigningKey key,
        Optional<State> state,
        Optional<Instant> since,
        Optional<SignedBy> credentials,
        List<String> warnings) {
    public KeyReport {
        warnings = List.copyOf(warnings);
    }
}
