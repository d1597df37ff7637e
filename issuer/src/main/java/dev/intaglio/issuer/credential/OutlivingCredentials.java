package dev.intaglio.issuer.credential;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.keys.SigningKey;
import java.time.Instant;

/// What becomes of a credential whose definition makes it valid for longer than the certificates of the key that signs it. A
/// verifier that validates the chain at the time of presentation would refuse it from then on. Mobile documents are always cut:
/// ISO/IEC 18013-5 leaves no choice.
public enum OutlivingCredentials {
    /// It ends with the certificates.
    CUT,
    /// It is not issued; the operator has to activate another key.
    REFUSED,
    /// It is issued as defined.
    ALLOWED;

    /// @throws IllegalStateException if it is not to be issued: a fault of ours, not of the wallet's
    void check(CredentialDefinition definition, SigningKey key, Instant now) {
        if (this == REFUSED
                && definition.validity().until(now).isAfter(key.window().until())) {
            throw new IllegalStateException("credentials of " + definition.id()
                    + " would outlive the certificates of the key "
                    + key.publicJwk().getKeyID() + ", which end " + key.window().until()
                    + "; activate another key, or set intaglio.keys.outliving");
        }
    }

    Instant until(CredentialDefinition definition, SigningKey key, Instant now) {
        var until = definition.validity().until(now);
        return this != ALLOWED && until.isAfter(key.window().until())
                ? key.window().until()
                : until;
    }
}
