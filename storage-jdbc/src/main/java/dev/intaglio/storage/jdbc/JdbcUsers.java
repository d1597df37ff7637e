package dev.intaglio.storage.jdbc;

import dev.intaglio.storage.jdbc.user.User;
import dev.intaglio.storage.jdbc.user.Users;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// People who sign in with a password.
record JdbcUsers(Database database, String tenant) implements Users {
    @Override
    public Optional<User> find(String name) {
        return database.run(session -> session.first(
                "select name, password_hash, subject, display_name from intaglio_user where tenant = ? and name = ?",
                JdbcUsers::read,
                tenant,
                name));
    }

    private static User read(ResultSet row) throws SQLException {
        return new User(
                row.getString("name"),
                row.getString("password_hash"),
                row.getString("subject"),
                Optional.ofNullable(row.getString("display_name")));
    }

    @Override
    public List<User> list(String after, int atMost) {
        return database.run(session -> session.all(
                "select * from intaglio_user where tenant = ? and name > ? order by name limit ?",
                JdbcUsers::read,
                tenant,
                after,
                atMost));
    }

    @Override
    public boolean add(User user) {
        return database.run(session -> session.update(
                        """
                insert into intaglio_user (tenant, name, password_hash, subject, display_name) values (?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                        tenant,
                        user.name(),
                        user.passwordHash(),
                        user.subject(),
                        user.displayName().orElse(null)))
                == 1;
    }

    @Override
    public boolean remove(String name) {
        return database.run(session ->
                        session.update("delete from intaglio_user where tenant = ? and name = ?", tenant, name))
                == 1;
    }
}
