package dev.intaglio.issuer.store;

import java.time.Instant;
import java.util.Optional;

/// What is remembered of one Credential Response: no claim, no credential, no key of the holder's.
///
/// @param id random; the primary key
/// @param authorizationId which authorization it was issued under
/// @param subject as the data source knows the subject
/// @param credentials how many credentials the response held
/// @param signed by which key of ours, and for how long; absent where nobody asks
/// @param logged what the issuance log is told; absent if there is none
/// @param status where their statuses are kept, if they can be taken back
public record IssuanceRecord(
        String id,
        String authorizationId,
        String configurationId,
        String subject,
        int credentials,
        Instant issuedAt,
        Optional<Signed> signed,
        Optional<Logged> logged,
        Optional<IssuedStatus> status,
        IssuanceOrigin origin) {
    public IssuanceRecord {
        if (credentials < 1) {
            throw new IllegalArgumentException("an issuance has at least one credential");
        }
    }

    /// Without what key and log want to know, of credentials that cannot be taken back.
    public IssuanceRecord(
            String id,
            String authorizationId,
            String configurationId,
            String subject,
            int credentials,
            Instant issuedAt) {
        this(id, authorizationId, configurationId, subject, credentials, issuedAt, Optional.empty(), Optional.empty());
    }

    /// Credentials that cannot be taken back.
    public IssuanceRecord(
            String id,
            String authorizationId,
            String configurationId,
            String subject,
            int credentials,
            Instant issuedAt,
            Optional<Signed> signed,
            Optional<Logged> logged) {
        this(
                id,
                authorizationId,
                configurationId,
                subject,
                credentials,
                issuedAt,
                signed,
                logged,
                Optional.empty(),
                IssuanceOrigin.UNKNOWN);
    }

    /// @param key the `kid` of the key that signs
    /// @param validUntil when the credentials end
    public record Signed(String key, Instant validUntil) {}

    /// @param salt under which the event commits to the credentials; whoever has it finds the record about the issuance
    /// @param event kept in the transaction of the issuance
    public record Logged(byte[] salt, LogEvent event) {
        /// Without the salt.
        @Override
        public String toString() {
            return "Logged[]";
        }
    }

    /// Without the subject.
    @Override
    public String toString() {
        return "IssuanceRecord[" + id + ", " + configurationId + ", credentials=" + credentials + "]";
    }
}
