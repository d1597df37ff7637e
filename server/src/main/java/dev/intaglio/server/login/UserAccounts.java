package dev.intaglio.server.login;

import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.spring.IssuerIdentifier;
import dev.intaglio.storage.jdbc.user.User;
import dev.intaglio.storage.jdbc.user.Users;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Those who sign in with a password: from the configuration, and from the database.
public final class UserAccounts {
    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_TEXT = 200;

    private final Map<String, User> configured = new HashMap<>();
    private final Map<String, JsonObject> told = new HashMap<>();
    private final SignInClaims claims;
    private final boolean databaseUsers;
    private final Supplier<Users> database;
    private final PasswordHashes hashes;

    /// @param database asked only if the properties say so
    /// @throws IllegalStateException naming the user whose setting is wrong
    UserAccounts(
            LoginProperties properties,
            SignInClaims claims,
            IssuerIdentifier issuer,
            PasswordHashes hashes,
            Supplier<Users> database) {
        this.claims = claims;
        this.hashes = hashes;
        for (var user : properties.users()) {
            add(user, issuer.loopback());
        }
        databaseUsers = properties.databaseUsers();
        this.database = database;
    }

    /// Checking it takes as long as checking a real one.
    private String decoy() {
        return configured.values().stream()
                .findFirst()
                .filter(user -> !databaseUsers)
                .map(User::passwordHash)
                .orElseGet(hashes::decoy);
    }

    private void add(LoginProperties.User user, boolean loopback) {
        var who = "the user '" + user.name() + "' of intaglio.login.users ";
        if (user.name().isEmpty()) {
            throw new IllegalStateException("a user of intaglio.login.users has no name");
        }
        if (!PasswordHashes.known(user.password())) {
            throw new IllegalStateException(who + "has no password hash that begins with {argon2} or {bcrypt}");
        }
        if (user.password().startsWith(PasswordHashes.PLAIN) && !loopback) {
            throw new IllegalStateException(
                    who + "has its password in the clear ({noop}), which is accepted only"
                            + " as long as nobody but this machine can reach the server; set a hash, {argon2}... or {bcrypt}...");
        }
        var added = new User(user.name(), user.password(), user.subject().orElse(user.name()), user.displayName());
        if (configured.putIfAbsent(user.name(), added) != null) {
            throw new IllegalStateException(who + "is there twice");
        }
        told.put(user.name(), claims(who, user));
    }

    private JsonObject claims(String who, LoginProperties.User user) {
        try {
            return claims.among(user.claims());
        } catch (IllegalArgumentException tooMuch) {
            throw new IllegalStateException(who + "cannot be used: " + tooMuch.getMessage(), tooMuch);
        }
    }

    /// Whether anybody at all can sign in with a password.
    boolean any() {
        return databaseUsers || !configured.isEmpty();
    }

    /// Who it is, if name and password belong together. Takes as long for a name that nobody has.
    Optional<Person> check(String name, String password) {
        var user = find(name);
        var right = hashes.matches(password, user.map(User::passwordHash).orElseGet(this::decoy));
        return user.filter(found -> right)
                .map(found -> new Person(
                        found.subject(),
                        found.displayName().orElse(found.name()),
                        told.getOrDefault(found.name(), JsonObject.empty())));
    }

    private Optional<User> find(String name) {
        return Optional.ofNullable(configured.get(name))
                .or(() -> databaseUsers && name.length() <= LONGEST_TEXT
                        ? database.get().find(name)
                        : Optional.empty());
    }

    /// Adds a user to the database.
    ///
    /// @return whether the name was free
    /// @throws IllegalArgumentException saying what is wrong
    public boolean add(String name, String password, String subject, Optional<String> displayName) {
        if (!databaseUsers) {
            throw new IllegalArgumentException(
                    "users of the database cannot sign in here; set intaglio.login.database-users");
        }
        if (name.isEmpty() || !name.strip().equals(name) || name.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "name has 1 to " + LONGEST_TEXT + " characters, the first and the last of them no space");
        }
        if (password.codePointCount(0, password.length()) < SHORTEST_PASSWORD) {
            throw new IllegalArgumentException("password has at least " + SHORTEST_PASSWORD + " characters");
        }
        return !configured.containsKey(name)
                && database.get().add(new User(name, hashes.hash(password), subject, displayName));
    }

    /// Users of the database, by name.
    ///
    /// @param after those whose names come after it; empty for all
    public List<User> list(String after, int atMost) {
        return database.get().list(after, atMost);
    }

    /// Removes a user from the database.
    ///
    /// @return whether there was one
    public boolean remove(String name) {
        return database.get().remove(name);
    }
}
