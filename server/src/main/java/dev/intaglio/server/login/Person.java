package dev.intaglio.server.login;

/// Somebody who has signed in.
///
/// @param subject whom credentials will be about
/// @param name for the page
record Person(String subject, String name) {
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
