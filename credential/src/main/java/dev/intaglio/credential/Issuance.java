package dev.intaglio.credential;

import dev.intaglio.keys.SigningKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// All that goes into one credential.
///
/// @param holderKey present if the definition asks for binding
/// @param status where its status will be read; the format takes of it what it has a place for
/// @param issuer the Credential Issuer Identifier
/// @param now the moment of issuance; what the credential says is rounded by the definition's [Validity]
/// @param mayOutliveSigner whether it may be valid for longer than the certificates of the key that signs it
/// @param sooner how much sooner than it might it ends: see [Validity#drawSooner]
public record Issuance(
        CredentialDefinition definition,
        FormatConfiguration configuration,
        CredentialDataset dataset,
        Optional<HolderKey> holderKey,
        Optional<CredentialStatus> status,
        SigningKey signingKey,
        URI issuer,
        Instant now,
        boolean mayOutliveSigner,
        Duration sooner) {
    public Issuance {
        if (definition.binding() && holderKey.isEmpty()) {
            throw new IllegalArgumentException(
                    "credentials of " + definition.id() + " are bound to a key, and none is given");
        }
    }

    /// A credential that ends with its signer at the latest, and otherwise no sooner than it might.
    public Issuance(
            CredentialDefinition definition,
            FormatConfiguration configuration,
            CredentialDataset dataset,
            Optional<HolderKey> holderKey,
            Optional<CredentialStatus> status,
            SigningKey signingKey,
            URI issuer,
            Instant now) {
        this(definition, configuration, dataset, holderKey, status, signingKey, issuer, now, false, Duration.ZERO);
    }

    /// From when the credential is valid, and when it says it was signed: rounded, and not before its signer's certificates
    /// are good. That is the same for all credentials of the signer, so it tells none apart.
    public Instant validFrom() {
        var from = definition.validity().from(now);
        var signer = requireGoodSigner();
        return from.isBefore(signer.from()) ? signer.from() : from;
    }

    /// Until when the credential is valid: rounded, and not after its signer's certificates are good unless it may.
    public Instant validUntil() {
        var until = definition.validity().until(now);
        var signer = requireGoodSigner();
        return spread(!mayOutliveSigner && until.isAfter(signer.until()) ? signer.until() : until);
    }

    /// The end of the credential where it could have ended then: sooner by its jitter. From an end that the signer sets, too, or all
    /// that is issued shortly before would end at once. What would leave next to nothing is left out.
    public Instant spread(Instant latest) {
        var end = latest.minus(sooner);
        return end.isAfter(now.plus(definition.validity().rounding())) ? end : latest;
    }

    private SigningKey.Window requireGoodSigner() {
        var window = signingKey.window();
        if (!window.holds(now)) {
            throw new IllegalStateException(
                    "the certificates of the key " + signingKey.publicJwk().getKeyID() + " are good from "
                            + window.from() + " to " + window.until() + " only");
        }
        return window;
    }
}
