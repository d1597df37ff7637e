package dev.intaglio.storage.jdbc.user;

import java.util.List;
import java.util.Optional;

/// The users the operator keeps in the database.
public interface Users {
    Optional<User> find(String name);

    /// Of any number of callers with the same name, at most one adds its user.
    ///
    /// @return whether the name was free
    boolean add(User user);

    /// By name.
    ///
    /// @param after those whose names come after it; empty for all
    List<User> list(String after, int atMost);

    /// @return whether there was one
    boolean remove(String name);
}
