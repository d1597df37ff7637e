package dev.intaglio.issuer.store;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/// A place in a list that is ordered by time: after the entry with this time and id. Stays good when entries come and go.
///
/// @param id tells entries of the same millisecond apart
public record Position(Instant at, String id) {
    /// As an opaque text that goes into an address.
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at.toEpochMilli() + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    /// @throws IllegalArgumentException for what [#text] did not make
    public static Position read(String text) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
            return new Position(Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[1]);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException malformed) {
            throw new IllegalArgumentException(
                    "this is no place in a list: it is what an answer before said", malformed);
        }
    }
}
