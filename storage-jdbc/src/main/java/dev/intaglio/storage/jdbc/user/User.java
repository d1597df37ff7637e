package dev.intaglio.storage.jdbc.user;

import java.util.Optional;

/// Somebody who signs in with a password.
///
/// @param name what is typed in, exactly so
/// @param passwordHash with the name of its algorithm in braces; never the password
/// @param subject whom credentials will be about, as the data source knows them
/// @param displayName what the person is called on pages, if not by the name
public record User(String name, String passwordHash, String subject, Optional<String> displayName) {
    public User {
        if (name.isEmpty() || passwordHash.isEmpty() || subject.isEmpty()) {
            throw new IllegalArgumentException("a user has a name, a password and a subject");
        }
    }

    /// Without the hash and the person.
    @Override
    public String toString() {
        return "User";
    }
}
