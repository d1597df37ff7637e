package dev.intaglio.storage.jdbc;

import dev.intaglio.storage.jdbc.tenant.Tenant;
import dev.intaglio.storage.jdbc.tenant.TenantVersion;
import dev.intaglio.storage.jdbc.tenant.Tenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The tenants themselves. The one store that sees them all.
record JdbcTenants(Database database) implements Tenants {
    @Override
    public boolean create(Tenant tenant, String definition, Instant now) {
        return database.transaction(session -> {
            var inserted = session.update(
                    """
                    insert into intaglio_tenant (tenant, host, path, version, enabled, changes, admin_hash)
                    values (?, ?, ?, ?, ?, 1, ?) on conflict do nothing
                    """,
                    tenant.name(),
                    tenant.host(),
                    tenant.path(),
                    tenant.version(),
                    tenant.enabled() ? 1 : 0,
                    tenant.adminHash());
            return inserted == 1 && keep(session, tenant.name(), tenant.version(), definition, now);
        });
    }

    /// The address is asked for in the same statement; of two that want it at the same moment the index refuses one, with
    /// an exception.
    @Override
    public boolean apply(String name, long replaced, String host, String path, String definition, Instant now) {
        return database.transaction(session -> {
            var updated = session.update("""
                    update intaglio_tenant set version = version + 1, changes = changes + 1, host = ?, path = ?
                    where tenant = ? and version = ? and not exists (
                        select 1 from intaglio_tenant other where other.host = ? and other.path = ? and other.tenant <> ?)
                    """, host, path, name, replaced, host, path, name);
            return updated == 1 && keep(session, name, replaced + 1, definition, now);
        });
    }

    private static boolean keep(Session session, String name, long version, String definition, Instant now)
            throws SQLException {
        return session.update(
                        "insert into intaglio_tenant_version (tenant, version, definition, applied_at) values (?, ?, ?, ?)",
                        name,
                        version,
                        definition,
                        now.toEpochMilli())
                == 1;
    }

    @Override
    public boolean enable(String name, boolean enabled) {
        return database.run(session -> session.update(
                        "update intaglio_tenant set enabled = ?, changes = changes + 1 where tenant = ?",
                        enabled ? 1 : 0,
                        name))
                == 1;
    }

    @Override
    public boolean changeAdminHash(String name, String adminHash) {
        return database.run(session -> session.update(
                        "update intaglio_tenant set admin_hash = ?, changes = changes + 1 where tenant = ?",
                        adminHash,
                        name))
                == 1;
    }

    @Override
    public Optional<Tenant> find(String name) {
        return database.run(
                session -> session.first("select * from intaglio_tenant where tenant = ?", JdbcTenants::read, name));
    }

    @Override
    public List<Tenant> all() {
        return database.run(session -> session.all("select * from intaglio_tenant order by tenant", JdbcTenants::read));
    }

    @Override
    public List<Defined> page(String after, int atMost) {
        return database.run(
                session -> session.all("""
                select t.*, v.definition, v.applied_at from intaglio_tenant t
                join intaglio_tenant_version v on v.tenant = t.tenant and v.version = t.version
                where t.tenant > ? order by t.tenant limit ?
                """, row -> new Defined(read(row), readVersion(row)), after, atMost));
    }

    @Override
    public long changes() {
        return database.run(session -> session.first(
                        "select cast(coalesce(sum(changes), 0) as bigint) from intaglio_tenant", row -> row.getLong(1)))
                .orElse(0L);
    }

    @Override
    public Optional<TenantVersion> version(String name, long version) {
        return database.run(session -> session.first(
                "select * from intaglio_tenant_version where tenant = ? and version = ?",
                JdbcTenants::readVersion,
                name,
                version));
    }

    @Override
    public List<TenantVersion> versions(String name) {
        return database.run(session -> session.all(
                "select * from intaglio_tenant_version where tenant = ? order by version desc",
                JdbcTenants::readVersion,
                name));
    }

    private static Tenant read(ResultSet row) throws SQLException {
        return new Tenant(
                row.getString("tenant"),
                row.getString("host"),
                row.getString("path"),
                row.getLong("version"),
                row.getLong("enabled") == 1,
                row.getLong("changes"),
                row.getString("admin_hash"));
    }

    private static TenantVersion readVersion(ResultSet row) throws SQLException {
        return new TenantVersion(
                row.getLong("version"), row.getString("definition"), Instant.ofEpochMilli(row.getLong("applied_at")));
    }
}
