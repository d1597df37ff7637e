package dev.intaglio.issuer.store;

import java.time.Instant;

/// What is remembered of one Credential Response: no claim, no credential, no key.
///
/// @param id random; the primary key
/// @param authorizationId which authorization it was issued under
/// @param subject as the data source knows the subject
/// @param credentials how many credentials the response held
public record IssuanceRecord(
        String id, String authorizationId, String configurationId, String subject, int credentials, Instant issuedAt) {
    public IssuanceRecord {
        if (credentials < 1) {
            throw new IllegalArgumentException("an issuance has at least one credential");
        }
    }

    /// Without the subject.
    @Override
    public String toString() {
        return "IssuanceRecord[" + id + ", " + configurationId + ", credentials=" + credentials + "]";
    }
}
