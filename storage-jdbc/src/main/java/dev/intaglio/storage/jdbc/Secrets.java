package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.SharedSecrets;
import java.util.function.Supplier;

/// Values all nodes share; whoever comes first makes one.
record Secrets(Database database, String tenant) implements SharedSecrets {
    @Override
    public byte[] secret(String name, Supplier<byte[]> fresh) {
        return database.run(session -> {
            var select = "select value from intaglio_secret where tenant = ? and name = ?";
            var found = session.first(select, row -> row.getBytes("value"), tenant, name);
            if (found.isPresent()) {
                return found.get();
            }
            session.update(
                    "insert into intaglio_secret (tenant, name, value) values (?, ?, ?) on conflict do nothing",
                    tenant,
                    name,
                    fresh.get());
            // Not what was just made: another node may have come first.
            return session.first(select, row -> row.getBytes("value"), tenant, name)
                    .orElseThrow(() -> new StorageException("the secret " + name + " was removed while it was made"));
        });
    }

    /// Compared letter by letter, since a database may sort text by the habits of a language.
    @Override
    public void forget(String prefix, String before) {
        database.run(session -> session.update(
                """
                delete from intaglio_secret
                where tenant = ? and substr(name, 1, cast(? as integer)) = ? and length(name) = ?
                and substr(name, cast(? as integer)) < ?""",
                tenant,
                prefix.length(),
                prefix,
                before.length(),
                prefix.length() + 1,
                before.substring(prefix.length())));
    }
}
