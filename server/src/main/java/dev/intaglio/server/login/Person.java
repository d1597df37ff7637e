package dev.intaglio.server.login;

import dev.intaglio.protocol.json.JsonObject;

/// Somebody who has signed in.
///
/// @param subject whom credentials will be about
/// @param name for the page
/// @param claims what the sign-in told of the person, of what credentials want
record Person(String subject, String name, JsonObject claims) {
    Person {
        if (subject.isEmpty()) {
            throw new IllegalArgumentException("somebody without a subject cannot get credentials");
        }
    }

    /// Without the person.
    @Override
    public String toString() {
        return "Person";
    }
}
