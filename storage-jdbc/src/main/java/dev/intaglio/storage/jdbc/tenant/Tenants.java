package dev.intaglio.storage.jdbc.tenant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The tenants of a server. What is done here is done for all nodes.
public interface Tenants {
    /// @return false if its name or its address belongs to another; then nothing has happened
    boolean create(Tenant tenant, String definition, Instant now);

    /// Puts the next definition in force.
    ///
    /// @param replaced the version it was made for; if another is in force nothing happens: somebody else was faster
    /// @return whether it is in force now; not so either if the address belongs to another
    boolean apply(String name, long replaced, String host, String path, String definition, Instant now);

    /// @return whether there is such a tenant
    boolean enable(String name, boolean enabled);

    /// @return whether there is such a tenant
    boolean changeAdminHash(String name, String adminHash);

    Optional<Tenant> find(String name);

    /// By name.
    List<Tenant> all();

    /// Some of them with the definitions in force, by name.
    ///
    /// @param after the name they come after; empty for the first
    List<Defined> page(String after, int atMost);

    /// A tenant, and what it is made of.
    record Defined(Tenant tenant, TenantVersion version) {}

    /// A number that is another whenever anything in [#all] is: asked often, where reading them all would be too much.
    long changes();

    Optional<TenantVersion> version(String name, long version);

    /// The latest first.
    List<TenantVersion> versions(String name);
}
