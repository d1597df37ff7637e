package dev.intaglio.storage.jdbc.tenant;

import java.time.Instant;

/// A definition that is or was in force.
///
/// @param definition as JSON
public record TenantVersion(long version, String definition, Instant appliedAt) {
    /// Without the definition, which may hold secrets.
    @Override
    public String toString() {
        return "TenantVersion[" + version + ", " + appliedAt + "]";
    }
}
