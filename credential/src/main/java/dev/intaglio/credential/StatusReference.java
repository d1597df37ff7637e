package dev.intaglio.credential;

import java.net.URI;

/// Where the status of one credential is to be read: an index in a status list (Token Status List §6.1).
public record StatusReference(URI uri, long index) {
    public StatusReference {
        if (index < 0) {
            throw new IllegalArgumentException("the index in a status list is not negative");
        }
    }
}
