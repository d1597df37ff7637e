package dev.intaglio.statuslist;

import dev.intaglio.statuslist.StatusListException.Problem;

/// What became of a credential since it was issued, as far as its status lists tell.
public sealed interface Standing {
    /// As one word.
    String word();

    /// Nothing speaks against it.
    record Valid() implements Standing {
        @Override
        public String word() {
            return "valid";
        }
    }

    /// Taken back, for good.
    record Revoked() implements Standing {
        @Override
        public String word() {
            return "revoked";
        }
    }

    /// Not good for now.
    record Suspended() implements Standing {
        @Override
        public String word() {
            return "suspended";
        }
    }

    /// A status that only its issuer's application knows.
    record Other(int value) implements Standing {
        @Override
        public String word() {
            return "status " + value;
        }
    }

    /// Nobody can say: the list cannot be had, or not be believed. Such a credential should not be relied on.
    ///
    /// @param detail for the log
    record Unavailable(Problem problem, String detail) implements Standing {
        @Override
        public String word() {
            return "unavailable";
        }
    }
}
