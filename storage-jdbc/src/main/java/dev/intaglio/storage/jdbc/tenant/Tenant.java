package dev.intaglio.storage.jdbc.tenant;

/// A Credential Issuer beside the main one.
///
/// @param name one label of a host name
/// @param host at which wallets reach it; empty for that of the main issuer
/// @param path that its addresses begin with; empty, or beginning with a slash
/// @param version of the definition in force
/// @param changes grows whenever anything of it changes
/// @param adminHash of the token that opens its admin interface
public record Tenant(
        String name, String host, String path, long version, boolean enabled, long changes, String adminHash) {
    /// The first version of a tenant.
    public static final long FIRST = 1;

    public static Tenant of(String name, String host, String path, String adminHash) {
        return new Tenant(name, host, path, FIRST, true, 0, adminHash);
    }

    /// Without the hash.
    @Override
    public String toString() {
        return "Tenant[" + name + ", " + host + path + ", version " + version + (enabled ? "" : ", disabled") + "]";
    }
}
