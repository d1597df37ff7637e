package dev.intaglio.storage.jdbc.user;

import java.util.Optional;

/// The users the operator keeps in the database.
public interface Users {
    Optional<User> find(String name);

    /// Of any number of callers with the same name, at most one adds its user.
    ///
    /// @return whether the name was free
    boolean add(User user);

    /// @return whether there was one
    boolean remove(String name);
}
