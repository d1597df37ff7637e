package dev.intaglio.authorization.interaction;

import dev.intaglio.protocol.json.JsonObject;

/// How a user answered.
public sealed interface Decision {
    /// The user is known now, and agrees to credentials for this client.
    ///
    /// @param subject whom the credentials will be about, as the data source knows them
    /// @param claims what the sign-in told of the user; handed on to an [ApprovalListener], and not kept here
    record Approved(String subject, JsonObject claims) implements Decision {
        public Approved {
            if (subject.isEmpty()) {
                throw new IllegalArgumentException("a credential is about somebody");
            }
        }

        /// Nothing is known but who it is.
        public Approved(String subject) {
            this(subject, JsonObject.empty());
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
