package dev.intaglio.issuer.store;

import dev.intaglio.credential.HolderKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A Credential Request that was verified and could not be answered yet (§9): everything it was bound to, so that nobody but
/// its wallet gets the credentials, and no key but those it proved gets into them.
///
/// @param handle a hash of the `transaction_id`; the primary key
/// @param authorizationId the authorization it was made under
/// @param subject as the data source knows the subject
/// @param credentialIdentifier what the request named, if it named a dataset
/// @param holderKeys in the order of their proofs; empty where the credential is bound to no key
/// @param dpopKeyThumbprint the key the access token was bound to
/// @param encryptionKeyThumbprint the key the request wanted its response encrypted to
/// @param awaiting what it waits for
/// @param decision what the operator decided so far
/// @param expiresAt when the wallet can come back no more
/// @param origin what the first request told of the wallet and its keys
public record DeferredTransaction(
        String handle,
        String authorizationId,
        String subject,
        Optional<String> clientId,
        String configurationId,
        Optional<String> credentialIdentifier,
        List<HolderKey> holderKeys,
        Optional<String> dpopKeyThumbprint,
        Optional<String> encryptionKeyThumbprint,
        Awaiting awaiting,
        Decision decision,
        Instant createdAt,
        Instant expiresAt,
        IssuanceOrigin origin) {
    public DeferredTransaction {
        holderKeys = List.copyOf(holderKeys);
    }

    /// Of a wallet nothing is known of.
    public DeferredTransaction(
            String handle,
            String authorizationId,
            String subject,
            Optional<String> clientId,
            String configurationId,
            Optional<String> credentialIdentifier,
            List<HolderKey> holderKeys,
            Optional<String> dpopKeyThumbprint,
            Optional<String> encryptionKeyThumbprint,
            Awaiting awaiting,
            Decision decision,
            Instant createdAt,
            Instant expiresAt) {
        this(
                handle,
                authorizationId,
                subject,
                clientId,
                configurationId,
                credentialIdentifier,
                holderKeys,
                dpopKeyThumbprint,
                encryptionKeyThumbprint,
                awaiting,
                decision,
                createdAt,
                expiresAt,
                IssuanceOrigin.UNKNOWN);
    }

    /// What a transaction waits for.
    public enum Awaiting {
        /// Somebody at the issuer.
        APPROVAL,
        /// A data source, or a time.
        DATA
    }

    /// What somebody at the issuer said.
    public enum Decision {
        NONE,
        APPROVED,
        DENIED
    }

    public DeferredTransaction with(Awaiting other) {
        return copy(other, decision);
    }

    public DeferredTransaction with(Decision other) {
        return copy(awaiting, other);
    }

    private DeferredTransaction copy(Awaiting newAwaiting, Decision newDecision) {
        return new DeferredTransaction(
                handle,
                authorizationId,
                subject,
                clientId,
                configurationId,
                credentialIdentifier,
                holderKeys,
                dpopKeyThumbprint,
                encryptionKeyThumbprint,
                newAwaiting,
                newDecision,
                createdAt,
                expiresAt,
                origin);
    }

    /// Without the subject.
    @Override
    public String toString() {
        return "DeferredTransaction[" + handle + ", " + configurationId + ", " + awaiting + ", " + decision + "]";
    }
}
