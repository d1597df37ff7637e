package dev.intaglio.authorization.interaction;

/// How a user answered.
public sealed interface Decision {
    /// The user is known now, and agrees to credentials for this client.
    ///
    /// @param subject whom the credentials will be about, as the data source knows them
    record Approved(String subject) implements Decision {
        public Approved {
            if (subject.isEmpty()) {
                throw new IllegalArgumentException("a credential is about somebody");
            }
        }

        /// Without the subject.
        @Override
        public String toString() {
            return "Approved";
        }
    }

    /// The user does not agree, or may not.
    record Denied() implements Decision {}
}
