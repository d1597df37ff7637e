package dev.intaglio.wallet;

import dev.intaglio.credential.Verification;
import dev.intaglio.keys.SigningKey;
import java.util.Optional;

/// A credential that was verified and, if it is bound at all, is bound to a key of ours.
///
/// @param value as it came: a string, or a JSON object
/// @param holderKey the key it is bound to, needed to present it; empty if it is bound to none
public record ReceivedCredential(
        String configurationId, Object value, Verification.Verified verified, Optional<SigningKey> holderKey) {
    /// Without the credential.
    @Override
    public String toString() {
        return "ReceivedCredential[" + configurationId + "]";
    }
}
