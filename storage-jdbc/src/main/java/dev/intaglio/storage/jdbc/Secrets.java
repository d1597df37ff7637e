package dev.intaglio.storage.jdbc;

import java.util.function.Supplier;

/// Values all nodes share; whoever comes first makes one.
record Secrets(Database database) {
    byte[] secret(String name, Supplier<byte[]> fresh) {
        return database.run(session -> {
            var select = "select value from intaglio_secret where name = ?";
            var found = session.first(select, row -> row.getBytes("value"), name);
            if (found.isPresent()) {
                return found.get();
            }
            session.update(
                    "insert into intaglio_secret (name, value) values (?, ?) on conflict do nothing",
                    name,
                    fresh.get());
            // Not what was just made: another node may have come first.
            return session.first(select, row -> row.getBytes("value"), name)
                    .orElseThrow(() -> new StorageException("the secret " + name + " was removed while it was made"));
        });
    }
}
